import type { ServerResponse } from 'node:http';
import { createMemoryReadStore } from '../../../src/read-cache/memory-read-store.ts';
import { ReadCache } from '../../../src/read-cache/read-cache.ts';
import type { ReadStore } from '../../../src/read-cache/read-store.ts';
import type { Reuse } from '../../../src/read-cache/reuse.ts';
import { createReusingReader, type ReusingReaderOptions } from '../../../src/upstream/http/reusing-reader.ts';
import type { UpstreamReader } from '../../../src/upstream/http/upstream-client.ts';
import { createEventCounter, type EventCounter } from '../../support/event-counter.ts';
import { startScriptedServer, type Script, type ScriptedServer } from './scripted-server.ts';

const ACCOUNT = { account: 'account', reader: 'reader' };
const TIMES = { catalogueMs: 1000, customerDataMs: 200 };
/** Of the catalogue. */
export const catalogue: Reuse<unknown> = { kind: 'catalogue' };
/** Of these customers; always worth keeping. */
export const ofCustomer = (...customers: string[]): Reuse<unknown> => ({
  kind: 'customer-data',
  customers,
  mayKeep: () => true,
});

/** A server that answers each request with its number, a reader of it, and the clock and store behind. */
export interface ReadingWorld extends AsyncDisposable {
  readonly server: ScriptedServer;
  readonly store: ReadStore;
  readonly reader: UpstreamReader;
  /** Another reader with the same cache. */
  another(changes: Partial<ReusingReaderOptions>): UpstreamReader;
  passTime(ms: number): void;
}

/** Answers with the number of the request. */
export function numbered(): Script {
  let number = 0;
  return (_request, response) => response.end(`{"number":"${(number += 1)}"}`);
}

/** @param wrap gives the store as the reader sees it; itself where it is left out */
export async function startReadingWorld(
  script: Script = numbered(),
  wrap = (store: ReadStore) => store,
): Promise<ReadingWorld> {
  const server = await startScriptedServer(script, 2000);
  let time = 0;
  const now = () => time;
  const store = wrap(createMemoryReadStore({ now }));
  const cache = new ReadCache({ store, now });
  const another = (changes: Partial<ReusingReaderOptions>): UpstreamReader =>
    createReusingReader({
      live: server.client,
      cache,
      account: ACCOUNT,
      scope: 'scope',
      times: TIMES,
      ...changes,
    });
  return {
    server,
    store,
    another,
    reader: another({}),
    passTime(ms) {
      time += ms;
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** Answers that wait until a test ends them. */
export interface HeldAnswers {
  readonly script: Script;
  readonly held: readonly ServerResponse[];
  readonly reached: EventCounter<'arrived' | 'broken off'>['reached'];
}

/** No request yet. */
export function heldAnswers(): HeldAnswers {
  const events = createEventCounter<'arrived' | 'broken off'>();
  const held: ServerResponse[] = [];
  const script: Script = (_request, response) => {
    held.push(response);
    response.once('close', () => {
      if (!response.writableEnded) events.happened('broken off');
    });
    events.happened('arrived');
  };
  return { script, held, reached: events.reached };
}
