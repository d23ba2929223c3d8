import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { createClosablePort } from './closable-port.ts';
import { createEventCounter } from './event-counter.ts';
import { forwardRequest } from './forward-request.ts';

/** Stands between the gateway and a sandbox, and lets some requests wait. */
export interface HeldUpstream {
  /** In place of the sandbox's. */
  readonly url: string;
  /** Requests whose path this fits wait from now on; those that wait already go on waiting. */
  hold(path: RegExp): void;
  /** Lets all that wait pass, and all that come. */
  release(): void;
  /** Resolves once so many requests wait, or have waited. */
  waited(count: number): Promise<void>;
  /** Resolves once the gateway has given up so many requests while they waited. */
  givenUp(count: number): Promise<void>;
  close(): Promise<void>;
}

/** Starts it on a free port, holding nothing. */
export async function startHeldUpstream(upstream: string): Promise<HeldUpstream> {
  const events = createEventCounter<'waits' | 'given up'>();
  let held: RegExp | null = null;
  let gate = Promise.withResolvers<void>();
  const port = await createClosablePort((request, response) => {
    async function pass(): Promise<void> {
      const body = await text(request);
      if (held?.test(request.url ?? '') === true) {
        events.happened('waits');
        const gone = once(response, 'close').then(() => 'gone');
        if ((await Promise.race([gate.promise, gone])) === 'gone') {
          events.happened('given up');
          return;
        }
      }
      const answer = await forwardRequest(upstream, request, body);
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
    }
    pass().catch(() => response.destroy());
  });
  return {
    url: port.url,
    hold(path) {
      held = path;
      gate = Promise.withResolvers();
    },
    release() {
      held = null;
      gate.resolve();
    },
    waited: (count) => events.reached('waits', count),
    givenUp: (count) => events.reached('given up', count),
    close: () => port.shut(),
  };
}
