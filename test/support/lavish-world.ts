import { createContext } from '../../src/server/create-context.ts';
import type { GatewayContext } from '../../src/server/gateway-context.ts';
import { OperationLedgers, type CostLimits } from '../../src/server/operation-limits/operation-ledger.ts';
import type { TakeTurn } from '../../src/server/turns.ts';
import { createCursorCodec } from '../../src/connection/cursor.ts';
import { checkBody } from '../../src/upstream/http/check-body.ts';
import { UpstreamClient, type UpstreamReader } from '../../src/upstream/http/upstream-client.ts';
import { lavishMaple } from './lavish-maple.ts';
import { lavishMetronome } from './lavish-metronome.ts';

/** Both upstreams without a network, as lavish as the bound on costs takes them to be. */
export interface LavishWorld {
  readonly ledgers: OperationLedgers;
  /** The context of one operation. */
  context(limits: CostLimits, takeTurn: TakeTurn): GatewayContext;
  close(): Promise<void>;
}

const NOWHERE = 'http://127.0.0.1:9';

/** Every read is counted as one that is sent. */
export function createLavishWorld(): LavishWorld {
  const ledgers = new OperationLedgers();
  const cursors = createCursorCodec('a key of the tests alone');
  const clients = {
    metronome: new UpstreamClient({ provider: 'METRONOME', baseUrl: NOWHERE, token: 'none', timeoutMs: 1 }),
    maple: new UpstreamClient({ provider: 'MAPLE', baseUrl: NOWHERE, token: 'none', timeoutMs: 1 }),
  };
  // The same answer each time, so that making it takes no time.
  const answers = new Map<string, object>();
  const readerOf = (
    answer: (path: string, query: URLSearchParams, body: unknown) => object,
  ): UpstreamReader => ({
    async read(read) {
      ledgers.countCall();
      // As long as it takes for others to ask as well.
      await Promise.resolve();
      const { path, query = '', body } = read;
      const key = JSON.stringify([path, query, body]);
      const given = answers.get(key) ?? answer(path, new URLSearchParams(query), body);
      answers.set(key, given);
      return checkBody(read.answer, given);
    },
  });
  const metronome = readerOf((path, query) => lavishMetronome({ path, query }));
  const maple = readerOf((path, _, body) => lavishMaple({ path, body }));
  return {
    ledgers,
    context: (limits, takeTurn) =>
      createContext({
        caller: { id: 'anonymous', role: 'read', scope: 'all' },
        upstreams: {
          metronome: {
            client: clients.metronome,
            live: clients.metronome,
            readerOf: () => metronome,
            sandbox: true,
          },
          maple: {
            client: clients.maple,
            live: clients.maple,
            readerOf: () => maple,
            sandbox: true,
            companyId: 'cmp_1',
            priceUnit: 'minor',
          },
          now: () => new Date('2026-06-15T12:00:00Z'),
          close: () => Promise.resolve(),
        },
        writes: { run: () => Promise.reject(new Error('no writes here')) },
        writesEndAtMs: 0,
        cursors,
        deadline: { signal: new AbortController().signal, endsAtMs: 0, end: () => undefined },
        limits,
        ledgers,
        readsLines: true,
        takeTurn,
      }),
    async close() {
      await Promise.all(Object.values(clients).map((client) => client.close()));
    },
  };
}
