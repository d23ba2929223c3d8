import { API_KEY } from '../targets/gateway.ts';
import type { StartedTarget } from './started-target.ts';

const MAX_LAG = /^nodejs_eventloop_lag_max_seconds (\S+)$/m;

/**
 * The longest event-loop stall of a gateway since this was last asked, in milliseconds, from its own metrics; null of other
 * servers. The gateway samples every 10 ms, so that 10 to 11 ms stand for none.
 */
export async function longestStallMs({ target, url }: StartedTarget): Promise<number | null> {
  if (target.name !== 'gateway' && target.name !== 'before') return null;
  const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${API_KEY}` } });
  const seconds = MAX_LAG.exec(await answer.text())?.[1];
  return seconds === undefined ? null : Number(seconds) * 1000;
}
