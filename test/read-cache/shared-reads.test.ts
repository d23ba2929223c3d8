import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { SharedReads } from '../../src/read-cache/shared-reads.ts';

/** A read that ends when the test says so. */
function startable() {
  const started: {
    readonly signal: AbortSignal;
    readonly answer: PromiseWithResolvers<string>;
    readonly settled: PromiseWithResolvers<void>;
  }[] = [];
  return {
    started,
    start(signal: AbortSignal) {
      const read = {
        signal,
        answer: Promise.withResolvers<string>(),
        settled: Promise.withResolvers<void>(),
      };
      started.push(read);
      return { answer: read.answer.promise, settled: read.settled.promise };
    },
  };
}

const stays = (): AbortSignal => new AbortController().signal;
const outcomeOf = (reading: Promise<string>): Promise<string> => reading.catch(String);

describe('shared reads', () => {
  it('are started once for all who want the same, and again for another', async () => {
    const reads = new SharedReads<string>();
    const { started, start } = startable();
    const answers = ['a', 'a', 'b', 'a'].map((name) => reads.join(name, stays(), start));
    expect(started).toHaveLength(2);
    started[0]?.answer.resolve('A');
    started[1]?.answer.resolve('B');
    expect(await Promise.all(answers)).toEqual(['A', 'A', 'B', 'A']);
  });

  it('fail all who wait, with the same error', async () => {
    const reads = new SharedReads<string>();
    const { started, start } = startable();
    const failures = [1, 2].map(() =>
      reads.join('a', stays(), start).then(
        () => null,
        (error: unknown) => error,
      ),
    );
    const failure = new Error('no answer');
    started[0]?.answer.reject(failure);
    for (const error of await Promise.all(failures)) expect(error).toBe(failure);
  });

  it('go on for the others when one gives up, who gets its own reason', async () => {
    const reads = new SharedReads<string>();
    const { started, start } = startable();
    const controller = new AbortController();
    const first = outcomeOf(reads.join('a', controller.signal, start));
    const second = outcomeOf(reads.join('a', stays(), start));
    controller.abort(new Error('my own reason'));
    expect(await first).toBe('Error: my own reason');
    expect(started[0]?.signal.aborted).toBe(false);
    started[0]?.answer.resolve('A');
    expect(await second).toBe('A');
  });

  it('end with the last who gives up, and are started anew for whoever comes after', async () => {
    const reads = new SharedReads<string>();
    const { started, start } = startable();
    const controllers = [new AbortController(), new AbortController()];
    const given = controllers.map(({ signal }) => outcomeOf(reads.join('a', signal, start)));
    controllers[0]?.abort(new Error('first'));
    controllers[1]?.abort(new Error('last'));
    expect(await Promise.all(given)).toEqual(['Error: first', 'Error: last']);
    expect(started[0]?.signal.reason).toEqual(new Error('last'));
    const next = reads.join('a', stays(), start);
    expect(started).toHaveLength(2);
    // The end of the one given up takes nothing from the new one.
    started[0]?.answer.reject(new Error('given up'));
    started[0]?.settled.resolve();
    await setImmediate();
    const joined = reads.join('a', stays(), start);
    started[1]?.answer.resolve('A');
    expect(await Promise.all([next, joined])).toEqual(['A', 'A']);
    expect(started).toHaveLength(2);
  });

  it('are not started for one who has given up already', async () => {
    const { started, start } = startable();
    const signal = AbortSignal.abort(new Error('gone'));
    expect(await outcomeOf(new SharedReads<string>().join('a', signal, start))).toBe('Error: gone');
    expect(started).toHaveLength(0);
  });

  it.each(['resolve', 'reject'] as const)('can be joined until they have settled: %s', async (how) => {
    const reads = new SharedReads<string>();
    const { started, start } = startable();
    const first = reads.join('a', stays(), start);
    started[0]?.answer.resolve('A');
    expect(await first).toBe('A');
    expect(await reads.join('a', stays(), start)).toBe('A');
    expect(started).toHaveLength(1);
    started[0]?.settled[how]();
    await setImmediate();
    void reads.join('a', stays(), start);
    expect(started).toHaveLength(2);
  });
});
