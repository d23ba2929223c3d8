import { describe, expect, it } from 'vitest';
import { UpstreamUnavailableError } from '../../src/errors/upstream-error.ts';
import { leaseUntil } from '../../src/write/lease.ts';
import { fingerprint } from '../../src/write/write-keys.ts';
import { anOpenRecord } from './open-record.ts';
import { BEFORE, EFFECT, scriptWrite, took, unclear } from './scripted-write.ts';
import { startWriteRun, stepsOf } from './write-run.ts';

const DOWN = new UpstreamUnavailableError('METRONOME', 'a fault of the test');

describe('a first call', () => {
  it('that takes effect is a success with the answer, and is recorded', async () => {
    const run = startWriteRun();
    const scripted = scriptWrite();
    expect(await run.call(scripted.write)).toEqual({
      kind: 'succeeded',
      effect: EFFECT,
      result: 'the answer',
    });
    expect(stepsOf(scripted)).toEqual(['survey', 'send under key 1']);
    expect(await run.record()).toEqual({
      state: 'succeeded',
      fingerprint: fingerprint(scripted.write),
      effect: EFFECT,
    });
  });

  it('is recorded before anything is sent, with what the survey found', async () => {
    const run = startWriteRun();
    const seen: unknown[] = [];
    const { write } = scriptWrite(
      {},
      {
        async send() {
          seen.push(await run.record());
          return took;
        },
      },
    );
    const nowMs = run.clock.now();
    await run.call(write, { forMs: 5000 });
    expect(seen).toEqual([
      anOpenRecord({
        fingerprint: fingerprint(write),
        lease: leaseUntil(nowMs + 6000),
        before: BEFORE,
        sentAtMs: nowMs,
        doubtAtMs: nowMs,
      }),
    ]);
  });

  it('that is refused is so for good', async () => {
    const run = startWriteRun();
    const scripted = scriptWrite({ sends: [{ kind: 'refused', status: 422 }] });
    expect(await run.call(scripted.write)).toEqual({ kind: 'refused', status: 422 });
    expect(stepsOf(scripted)).toEqual(['survey', 'send under key 1']);
    expect(await run.record()).toMatchObject({ state: 'refused', status: 422 });
    expect(await run.call(scripted.write)).toEqual({ kind: 'refused', status: 422 });
    expect(stepsOf(scripted)).toEqual([]);
  });

  it.each([401, 403])('whose token is refused with %i can be repeated, under a fresh key', async (status) => {
    const run = startWriteRun();
    const scripted = scriptWrite({ sends: [{ kind: 'unauthorized', status }] });
    expect(await run.call(scripted.write)).toEqual({ kind: 'refused', status });
    expect(await run.record()).toMatchObject({
      state: 'open',
      generation: 2,
      sentAtMs: null,
      doubtAtMs: null,
    });
    expect(await run.call(scripted.write)).toMatchObject({ kind: 'succeeded' });
    expect(stepsOf(scripted)).toEqual(['survey', 'send under key 1', 'survey', 'send under key 2']);
  });

  it('that reaches nobody is unavailable, and begins anew under the same key', async () => {
    const run = startWriteRun();
    const scripted = scriptWrite({ sends: [{ kind: 'not-sent' }] });
    expect(await run.call(scripted.write)).toEqual({ kind: 'unavailable', reason: 'upstream' });
    expect(await run.record()).toMatchObject({ state: 'open', lease: null, doubtAtMs: null });
    expect(await run.call(scripted.write)).toMatchObject({ kind: 'succeeded' });
    expect(stepsOf(scripted)).toEqual(['survey', 'send under key 1', 'survey', 'send under key 1']);
  });

  it('whose survey fails sends nothing', async () => {
    const run = startWriteRun();
    const scripted = scriptWrite({ survey: DOWN });
    expect(await run.call(scripted.write)).toEqual({ kind: 'unavailable', reason: 'upstream' });
    expect(stepsOf(scripted)).toEqual(['survey']);
    expect(await run.record()).toMatchObject({ state: 'open', lease: null, doubtAtMs: null });
  });

  it.each([
    { kind: 'invalid', field: 'charge.unitPrice', message: 'Not so.' } as const,
    { kind: 'not-found' } as const,
  ])('whose survey says $kind sends nothing, and leaves its key to any input', async (survey) => {
    const run = startWriteRun();
    const scripted = scriptWrite({ survey });
    expect(await run.call(scripted.write)).toEqual(survey);
    expect(stepsOf(scripted)).toEqual(['survey']);
    expect(await run.record()).toBeNull();
    const other = scriptWrite({}, { request: { thing: 'another' } });
    expect(await run.call(other.write)).toMatchObject({ kind: 'succeeded' });
  });

  it.each(['survey', 'send', 'find'] as const)(
    'that fails in its %s for a fault of the gateway throws, and lets the next one in',
    async (step) => {
      const run = startWriteRun();
      const fault = new TypeError('a fault of the gateway');
      const sends = [unclear('none')];
      const broken = scriptWrite({ sends }, { [step]: () => Promise.reject(fault) });
      await expect(run.call(broken.write)).rejects.toBe(fault);
      expect(await run.record()).toMatchObject({ state: 'open', lease: null });
      expect(await run.call(scriptWrite().write)).toMatchObject({ kind: 'succeeded' });
    },
  );
});

describe('a later call', () => {
  it('after a success gives its effect without a word to the upstream', async () => {
    const run = startWriteRun();
    const scripted = scriptWrite();
    await run.call(scripted.write);
    stepsOf(scripted);
    expect(await run.call(scripted.write)).toEqual({ kind: 'succeeded', effect: EFFECT, result: null });
    expect(stepsOf(scripted)).toEqual([]);
  });

  it('is a success still after a day', async () => {
    const run = startWriteRun();
    const scripted = scriptWrite();
    await run.call(scripted.write);
    await run.clock.pass(24 * 3_600_000);
    expect(await run.call(scripted.write)).toMatchObject({ kind: 'succeeded', result: null });
    expect(stepsOf(scripted)).toEqual(['survey', 'send under key 1']);
  });

  it.each([
    ['a success', took],
    ['a refusal', { kind: 'refused', status: 400 }],
    ['nothing sure', unclear('none')],
  ] as const)('with another input is a conflict after %s', async (_, attempt) => {
    const run = startWriteRun();
    await run.call(scriptWrite({ sends: [attempt, attempt, attempt] }).write);
    const before = await run.record();
    const other = scriptWrite({}, { request: { thing: 'another' } });
    expect(await run.call(other.write)).toEqual({ kind: 'conflict', reason: 'other-input' });
    expect(stepsOf(other)).toEqual([]);
    expect(await run.record()).toEqual(before);
  });

  it('of another caller has nothing to do with it', async () => {
    const run = startWriteRun();
    const [mine, other] = [scriptWrite(), scriptWrite({}, { request: { thing: 'another' } })];
    await run.call(mine.write);
    expect(await run.call(other.write, { caller: 'another' })).toMatchObject({ kind: 'succeeded' });
    const keys = [mine, other].flatMap(({ steps }) => steps.filter((step) => step.kind === 'send'));
    expect(new Set(keys.map(({ key }) => key)).size).toBe(2);
  });

  it('of a process that has died begins where that left off', async () => {
    const run = startWriteRun();
    const scripted = scriptWrite({ finds: [EFFECT] });
    const lease = { ...leaseUntil(run.clock.now() + 60_000), process: 'a dead one' };
    const [sentAtMs, doubtAtMs] = [run.clock.now() - 10, run.clock.now() - 10];
    const print = fingerprint(scripted.write);
    await run.setRecord(anOpenRecord({ fingerprint: print, lease, before: BEFORE, sentAtMs, doubtAtMs }));
    expect(await run.call(scripted.write)).toEqual({ kind: 'succeeded', effect: EFFECT, result: null });
    expect(scripted.steps).toEqual([{ kind: 'find', before: BEFORE, claimed: [] }]);
  });
});

describe('a call at the same time', () => {
  it('with the same key is a conflict', async () => {
    const run = startWriteRun();
    const scripted = scriptWrite({}, { send: () => run.clock.sleep(100).then(() => took) });
    const both = await Promise.all([run.call(scripted.write), run.call(scripted.write)]);
    expect(both).toContainEqual({ kind: 'conflict', reason: 'running' });
    expect(both).toContainEqual({ kind: 'succeeded', effect: EFFECT, result: 'the answer' });
    expect(stepsOf(scripted)).toEqual(['survey']);
  });

  it('of the same content under another key waits, and does not take the first effect for its own', async () => {
    const run = startWriteRun();
    const [first, second] = [scriptWrite(), scriptWrite({ sends: [unclear('none')], finds: [['other']] })];
    const outcomes = await Promise.all([
      run.call(first.write),
      run.call(second.write, { idempotencyKey: 'another' }),
    ]);
    expect(outcomes).toEqual([
      { kind: 'succeeded', effect: EFFECT, result: 'the answer' },
      { kind: 'succeeded', effect: ['other'], result: null },
    ]);
    expect(second.steps.filter((step) => step.kind === 'find')).toEqual([
      { kind: 'find', before: BEFORE, claimed: EFFECT },
    ]);
  });

  it('of the same content gives up when it is not its turn in time', async () => {
    const run = startWriteRun();
    const slow = scriptWrite({}, { send: () => run.clock.sleep(5000).then(() => took) });
    const second = scriptWrite();
    const first = run.call(slow.write);
    const outcome = await run.call(second.write, { idempotencyKey: 'another', forMs: 1000 });
    expect(outcome).toEqual({ kind: 'unavailable', reason: 'lane' });
    expect(stepsOf(second)).toEqual([]);
    expect(await first).toMatchObject({ kind: 'succeeded' });
    expect(await run.call(second.write, { idempotencyKey: 'another' })).toMatchObject({ kind: 'succeeded' });
  });

  it('is waited for when the process ends', async () => {
    const run = startWriteRun();
    const { promise, resolve } = Promise.withResolvers<void>();
    const scripted = scriptWrite({}, { send: () => promise.then(() => took) });
    const call = run.runner.run(scripted.write, {
      caller: 'caller',
      idempotencyKey: 'key',
      endsAtMs: run.clock.now() + 10_000,
    });
    let isIdle = false;
    const idle = run.runner.idle().then(() => {
      isIdle = true;
    });
    await run.clock.pass(5000);
    expect(isIdle).toBe(false);
    resolve();
    expect(await call).toMatchObject({ kind: 'succeeded' });
    await idle;
    expect(isIdle).toBe(true);
  });
});
