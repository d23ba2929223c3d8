import type { BenchRequest } from '../targets/target.ts';
import { sendRequest } from './started-target.ts';
import type { StartedUpstreams } from './started-upstreams.ts';

/** How many queries each connection sends. */
const QUERIES_EACH = 4;

/**
 * Upstream requests per query that was answered whole, with as many queries at once as there are connections. Counted apart
 * from the rounds, which end with queries half answered.
 */
export async function countUpstream(
  url: string,
  requests: readonly BenchRequest[],
  connections: number,
  upstreams: StartedUpstreams,
): Promise<number> {
  await upstreams.quiet();
  await upstreams.reset();
  let sent = 0;
  let answered = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (let turn = 0; turn < QUERIES_EACH; turn += 1) {
        const request = requests[sent % requests.length];
        sent += 1;
        if (request === undefined) continue;
        const { status, text } = await sendRequest(url, request);
        if (status === 200 && !text.includes('"errors"')) answered += 1;
      }
    }),
  );
  const counts = Object.values(await upstreams.requests());
  return counts.reduce((total, count) => total + count, 0) / answered;
}
