import { describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { openSqliteStore } from '../../src/record-store/sqlite-store.ts';
import { startMapleSandbox } from '../../src/sandbox/maple/start-maple-sandbox.ts';
import { startMetronomeSandbox } from '../../src/sandbox/metronome/start-metronome-sandbox.ts';
import { createWriteRunner } from '../../src/server/create-write-runner.ts';
import type { Sandboxes } from '../../src/server/start-sandboxes.ts';
import type { RecordStore } from '../../src/write/record-store.ts';
import { scriptWrite } from '../write/scripted-write.ts';

const NO_SANDBOX: Sandboxes = {
  metronome: null,
  maple: null,
  clock: () => new Date(),
  close: () => Promise.resolve(),
};
const ENV = {
  METRONOME_API_URL: 'https://metronome.example.com',
  METRONOME_API_TOKEN: 'token',
  MAPLE_API_URL: 'https://maple.example.com',
  MAPLE_API_TOKEN: 'token',
  MAPLE_COMPANY_ID: 'cmp_1',
};
const notices = { begin: () => Promise.resolve({ end: () => Promise.resolve() }) };

function openStore(): RecordStore {
  const store = openSqliteStore(':memory:');
  onTestFinished(() => store.close());
  return store;
}

/** The upstream keys that a process sends for one and the same call; none where it knows of its success. */
async function keysSent(store: RecordStore, env: object = {}, sandboxes = NO_SANDBOX): Promise<string[]> {
  const runner = createWriteRunner(readConfig({ ...ENV, ...env }), sandboxes, store, notices);
  const { write, steps } = scriptWrite();
  const endsAtMs = Date.now() + 10_000;
  const outcome = await runner.run(write, { caller: 'caller', idempotencyKey: 'key', endsAtMs });
  expect(outcome.kind).toBe('succeeded');
  return steps.flatMap((step) => (step.kind === 'send' ? [step.key] : []));
}

describe('the writes of a process', () => {
  it('are known to another one with the same upstream accounts and records, whatever the tokens', async () => {
    const store = openStore();
    expect(await keysSent(store)).toHaveLength(1);
    expect(await keysSent(store)).toEqual([]);
    expect(await keysSent(store, { METRONOME_API_TOKEN: 'renewed', MAPLE_API_TOKEN: 'renewed' })).toEqual([]);
  });

  it('go upstream under the same keys where the records are lost', async () => {
    expect(await keysSent(openStore())).toEqual(await keysSent(openStore()));
  });

  it.each([
    ['Metronome', { METRONOME_API_URL: 'https://another.example.com' }],
    ['Maple', { MAPLE_API_URL: 'https://another.example.com' }],
    ['company', { MAPLE_COMPANY_ID: 'cmp_2' }],
  ])('have nothing to do with those to another %s', async (_, env) => {
    const store = openStore();
    const [first] = await keysSent(store);
    const [other] = await keysSent(store, env);
    expect(other).not.toBe(first);
    expect(other).toBeDefined();
  });

  it.each(['metronome', 'maple'] as const)(
    'have nothing to do with those to an earlier embedded sandbox of %s',
    async (system) => {
      const store = openStore();
      const sandbox =
        system === 'maple'
          ? { maple: await startMapleSandbox({ companyCount: 1 }) }
          : { metronome: await startMetronomeSandbox({ companyCount: 1 }) };
      onTestFinished(async () =>
        Promise.all(Object.values(sandbox).map((server) => server.close())).then(() => undefined),
      );
      const sandboxes = { ...NO_SANDBOX, ...sandbox };
      const [first] = await keysSent(store, {}, sandboxes);
      const [other] = await keysSent(store, {}, sandboxes);
      expect(other).toBeDefined();
      expect(other).not.toBe(first);
    },
  );
});
