import { API_KEY } from '../targets/gateway.ts';
import type { StartedTarget } from './started-target.ts';

const MAX_LAG = /^nodejs_eventloop_lag_max_seconds (\S+)$/m;

/** Between two samples of the gateway, which measures the time from one to the next. */
const SAMPLE_MS = 10;

/**
 * How long the event loop of a gateway was late at most since this was last asked, in milliseconds, from its own metrics;
 * null of other servers.
 */
export async function longestStallMs({ target, url }: StartedTarget): Promise<number | null> {
  if (target.name !== 'gateway' && target.name !== 'before') return null;
  const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${API_KEY}` } });
  const seconds = MAX_LAG.exec(await answer.text())?.[1];
  return seconds === undefined ? null : Number(seconds) * 1000 - SAMPLE_MS;
}
