import { text } from 'node:stream/consumers';
import { createClosablePort } from './closable-port.ts';
import { forwardRequest, type ForwardedAnswer } from './forward-request.ts';

/** Stands in front of a sandbox and answers again what it has been answered once, in next to no time. */
export interface ReplayingUpstream {
  /** In place of the sandbox's. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts it on a free port. For reads alone.
 *
 * @param sameAs the address of the read whose answer does for this one too
 */
export async function startReplayingUpstream(
  upstream: string,
  sameAs: (url: string) => string = (url) => url,
): Promise<ReplayingUpstream> {
  const answers = new Map<string, Promise<ForwardedAnswer>>();
  const port = await createClosablePort((request, response) => {
    async function replay(): Promise<void> {
      const body = await text(request);
      const key = JSON.stringify([request.method, sameAs(request.url ?? '/'), body]);
      const known = answers.get(key) ?? forwardRequest(upstream, request, body);
      answers.set(key, known);
      const answer = await known;
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
    }
    replay().catch(() => response.destroy());
  });
  return { url: port.url, close: () => port.shut() };
}
