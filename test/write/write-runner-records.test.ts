import { describe, expect, it } from 'vitest';
import { RecordStoreError } from '../../src/write/record-store.ts';
import type { WriteOutcome } from '../../src/write/write.ts';
import { anOpenRecord } from './open-record.ts';
import { EFFECT, scriptWrite, took, unclear } from './scripted-write.ts';
import { watchStore, type WatchedStore } from './watched-store.ts';
import { startWriteRun, stepsOf, type WriteRun } from './write-run.ts';

const SUCCESS = { kind: 'succeeded', effect: EFFECT, result: 'the answer' } as const;
const UNKNOWN = { kind: 'unknown' } as const;

/** A runner whose records a test can take away. */
function startWatchedRun(): WriteRun & { readonly watched: WatchedStore } {
  let watched: WatchedStore | null = null;
  const run = startWriteRun({ wrap: (store) => (watched = watchStore(store)) });
  if (watched === null) throw new Error('the runner has no store');
  return { ...run, watched };
}

/** Operations on the records of a first call that takes effect, and what it comes to when one of them fails. */
const OPERATIONS: readonly (readonly [string, WriteOutcome<string>, number])[] = [
  ['get write', UNKNOWN, 0],
  ['put write', UNKNOWN, 0],
  ['get lane', { kind: 'unavailable', reason: 'records' }, 0],
  ['put lane', { kind: 'unavailable', reason: 'records' }, 0],
  ['put write', { kind: 'unavailable', reason: 'records' }, 0],
  // From here on the write has taken effect.
  ['get lane', SUCCESS, 1],
  ['get lane', SUCCESS, 1],
  ['put lane', SUCCESS, 1],
  ['put write', SUCCESS, 1],
];

describe('a call', () => {
  it('needs the records nine times', async () => {
    const { call, watched } = startWatchedRun();
    await call(scriptWrite().write);
    expect(watched.operations).toEqual(OPERATIONS.map(([operation]) => operation));
  });

  describe.each(OPERATIONS.map((row, place) => [place, ...row] as const))(
    'whose records are away from operation %i on (%s)',
    (place, _operation, expected, sends) => {
      it.each([
        ['for ever', (at: number) => at >= place],
        ['once', (at: number) => at === place],
      ])(`${expected.kind}, and ends in one effect: %s`, async (_, fails) => {
        const { call, watched, clock } = startWatchedRun();
        let effects = 0;
        const upstream = {
          send() {
            effects += 1;
            return Promise.resolve(took);
          },
          find: () => Promise.resolve(effects > 0 ? EFFECT : null),
        };
        watched.failWhere(fails);
        expect(await call(scriptWrite({}, upstream).write)).toEqual(expected);
        expect(effects).toBe(sends);

        watched.failWhere(() => false);
        // By then no lease holds any more.
        await clock.pass(12_000);
        expect(await call(scriptWrite({}, upstream).write)).toMatchObject({
          kind: 'succeeded',
          effect: EFFECT,
        });
        expect(effects).toBe(1);
      });
    },
  );

  it('in doubt whose records are away from some operation on is unknown, and sends nothing', async () => {
    for (const place of [0, 1, 2, 3, 4, 5]) {
      const { call, watched } = startWatchedRun();
      await call(scriptWrite({ sends: [unclear('none')] }).write, { forMs: 300 });
      const begun = watched.operations.length;
      const scripted = scriptWrite();
      watched.failWhere((at) => at >= begun + place);
      expect(await call(scripted.write)).toEqual(UNKNOWN);
      expect(stepsOf(scripted)).toEqual(place === 5 ? ['find'] : []);
    }
  });

  it('that has lost its record to another process sends nothing', async () => {
    const run = startWriteRun();
    const taken = anOpenRecord({ generation: 7 });
    const scripted = scriptWrite(
      {},
      {
        async survey() {
          await run.setRecord(taken);
          return { kind: 'ready', before: [] };
        },
      },
    );
    expect(await run.call(scripted.write)).toEqual({ kind: 'conflict', reason: 'running' });
    expect(stepsOf(scripted)).toEqual([]);
    expect(await run.record()).toEqual(taken);
  });

  it('that takes effect although it has lost its record meanwhile is a success, and leaves the other alone', async () => {
    const run = startWriteRun();
    const taken = anOpenRecord({ generation: 7 });
    const scripted = scriptWrite(
      {},
      {
        async send() {
          await run.setRecord(taken);
          return took;
        },
      },
    );
    expect(await run.call(scripted.write)).toEqual(SUCCESS);
    expect(await run.record()).toEqual(taken);
  });
});

describe('those who keep what they have read', () => {
  /** A runner that notes when others are told of a write and that it is over. */
  function startNoticedRun(fails = false) {
    const told: string[] = [];
    const notices = {
      begin({ provider, customerId }: { provider: string; customerId: string }, forMs: number) {
        told.push(`begin ${provider} ${customerId} for ${forMs}`);
        if (fails) return Promise.reject(new RecordStoreError('a fault of the test'));
        const end = (): Promise<void> => Promise.resolve(void told.push('end'));
        return Promise.resolve({ end });
      },
    };
    return { told, run: startWriteRun({ notices }) };
  }

  it('are told before a write, and when nothing more can come of it', async () => {
    const { told, run } = startNoticedRun();
    const seen: string[][] = [];
    const { write } = scriptWrite(
      {},
      { survey: () => Promise.resolve(seen.push([...told])).then(() => ({ kind: 'ready', before: [] })) },
    );
    await run.call(write);
    const begun = 'begin METRONOME customer-1 for 10000';
    expect(seen).toEqual([[begun]]);
    expect(told).toEqual([begun, 'end']);
  });

  it('are not told of the end of a write that is unknown', async () => {
    const { told, run } = startNoticedRun();
    await run.call(scriptWrite({ sends: [unclear('none')] }).write, { forMs: 300 });
    expect(told).toEqual(['begin METRONOME customer-1 for 300']);
  });

  it('keep a write from being sent where they cannot be told', async () => {
    const { run } = startNoticedRun(true);
    const scripted = scriptWrite();
    expect(await run.call(scripted.write)).toEqual({ kind: 'unavailable', reason: 'records' });
    expect(stepsOf(scripted)).toEqual([]);
  });
});
