import { describe, expect, it } from 'vitest';
import { UpstreamUnavailableError } from '../../src/errors/upstream-error.ts';
import { KEY_GUARDS_MS } from '../../src/write/key-guard.ts';
import type { Attempt, Done, WriteOutcome } from '../../src/write/write.ts';
import {
  EFFECT,
  scriptWrite,
  took,
  unclear,
  type ScriptedWrite,
  type WriteScript,
} from './scripted-write.ts';
import { SETTLE_MS, startWriteRun, stepsOf, type RunCall, type WriteRun } from './write-run.ts';

const DOWN = new UpstreamUnavailableError('METRONOME', 'a fault of the test');
const UNKNOWN: WriteOutcome<string> = { kind: 'unknown' };
const BY_ANSWER = { kind: 'succeeded', effect: EFFECT, result: 'the answer' };
const BY_STATE = { kind: 'succeeded', effect: EFFECT, result: null };
const SEND_1 = 'send under key 1';
const SEND_2 = 'send under key 2';
const [NONE, FAILURE, CONFLICT] = [unclear('none'), unclear('failure'), unclear('conflict')];

/** A call of a write that is always the same one: what came of it, what it asked of the upstream, and how long it took. */
async function call(run: WriteRun, scripted: ScriptedWrite, options?: RunCall) {
  const begunMs = run.clock.now();
  const outcome = await run.call(scripted.write, options);
  return { outcome, steps: stepsOf(scripted), tookMs: run.clock.now() - begunMs };
}

/** The first call of a key. */
function firstCall(script: WriteScript, options?: RunCall) {
  return call(startWriteRun(), scriptWrite(script), options);
}

/** A call that begins in doubt: one attempt of an earlier call came to nothing sure, some time ago. */
async function laterCall(script: WriteScript, { agoMs = 0, ...options }: RunCall & { agoMs?: number } = {}) {
  const run = startWriteRun();
  await call(run, scriptWrite({ ...script, sends: [NONE], finds: [] }), { forMs: 300 });
  await run.clock.pass(agoMs);
  return call(run, scriptWrite(script), options);
}

describe('an attempt that came to nothing sure', () => {
  it.each([NONE, FAILURE, CONFLICT])(
    '($answer) is made again under the same key where there is no effect',
    async (first) => {
      expect(await firstCall({ sends: [first, took] })).toEqual({
        outcome: BY_ANSWER,
        steps: ['survey', SEND_1, 'find', SEND_1],
        tookMs: 200,
      });
    },
  );

  it.each([NONE, FAILURE, CONFLICT])('($answer) is a success where there is an effect', async (first) => {
    const { outcome, steps } = await firstCall({ sends: [first], finds: [EFFECT] });
    expect(outcome).toEqual(BY_STATE);
    expect(steps).toEqual(['survey', SEND_1, 'find']);
  });

  it('is not made again where the state cannot be read', async () => {
    const { outcome, steps } = await firstCall({ sends: [NONE], finds: [DOWN] });
    expect(outcome).toEqual(UNKNOWN);
    expect(steps).toEqual(['survey', SEND_1, 'find']);
  });

  it('is made three times at most', async () => {
    expect(await firstCall({ sends: [NONE, NONE, NONE] })).toEqual({
      outcome: UNKNOWN,
      steps: ['survey', SEND_1, 'find', SEND_1, 'find', SEND_1, 'find'],
      tookMs: 400,
    });
  });

  it('is not made again where there is no time for it, but the state is read', async () => {
    const late = await firstCall({ sends: [NONE] }, { forMs: 449 });
    expect(late).toEqual({ outcome: UNKNOWN, steps: ['survey', SEND_1, 'find'], tookMs: 0 });
    const inTime = await firstCall({ sends: [NONE] }, { forMs: 450 });
    expect(inTime).toMatchObject({ outcome: BY_ANSWER, tookMs: 200 });
  });

  it('is told by the state in the next call', async () => {
    expect(await laterCall({ finds: [EFFECT] })).toEqual({ outcome: BY_STATE, steps: ['find'], tookMs: 0 });
    expect(await laterCall({})).toMatchObject({ outcome: BY_ANSWER, steps: ['find', SEND_1] });
    expect(await laterCall({ finds: [DOWN] })).toMatchObject({ outcome: UNKNOWN, steps: ['find'] });
  });
});

describe('two failures in a row', () => {
  it('lead to a fresh key, after time to settle and another look', async () => {
    expect(await firstCall({ sends: [FAILURE, FAILURE, took] })).toEqual({
      outcome: BY_ANSWER,
      steps: ['survey', SEND_1, 'find', SEND_1, 'find', 'find', SEND_2],
      tookMs: 200 + SETTLE_MS,
    });
  });

  it('lead to none where the effect shows after time to settle', async () => {
    const { outcome, steps } = await firstCall({ sends: [FAILURE, CONFLICT], finds: [null, null, EFFECT] });
    expect(outcome).toEqual(BY_STATE);
    expect(steps).toEqual(['survey', SEND_1, 'find', SEND_1, 'find', 'find']);
  });

  it('lead to none where the state cannot be read after time to settle', async () => {
    const { outcome, steps } = await firstCall({ sends: [FAILURE, FAILURE], finds: [null, null, DOWN] });
    expect(outcome).toEqual(UNKNOWN);
    expect(steps).toEqual(['survey', SEND_1, 'find', SEND_1, 'find', 'find']);
  });

  it('count over calls', async () => {
    const run = startWriteRun();
    const scripted = scriptWrite({ sends: [FAILURE, FAILURE] });
    const short = { forMs: 1000 };
    expect(await call(run, scripted, short)).toMatchObject({ outcome: UNKNOWN, tookMs: 400 });
    await run.clock.pass(SETTLE_MS);
    expect(await call(run, scripted, short)).toEqual({
      outcome: BY_ANSWER,
      steps: ['find', SEND_2],
      tookMs: 0,
    });
  });

  it('do not count with an attempt without an answer between them', async () => {
    const { outcome, steps } = await firstCall({ sends: [FAILURE, NONE, FAILURE] });
    expect(outcome).toEqual(UNKNOWN);
    expect(steps.filter((step) => step !== 'find')).toEqual(['survey', SEND_1, SEND_1, SEND_1]);
  });

  it('count with a call that came too early, whose answer may be kept as well', async () => {
    const run = startWriteRun();
    const scripted = scriptWrite({ sends: [{ kind: 'rate-limited' }, { kind: 'rate-limited' }] });
    await call(run, scripted);
    await call(run, scripted);
    await run.clock.pass(SETTLE_MS);
    expect(await call(run, scripted)).toMatchObject({ outcome: BY_ANSWER, steps: ['find', SEND_2] });
  });

  it('that are conflicts are a refusal under a fresh key, which nothing else conflicts with', async () => {
    const run = startWriteRun();
    const scripted = scriptWrite({ sends: [CONFLICT, CONFLICT, CONFLICT, CONFLICT] });
    expect(await call(run, scripted)).toMatchObject({ outcome: UNKNOWN });
    expect(await call(run, scripted)).toMatchObject({
      outcome: { kind: 'refused', status: 409 },
      steps: ['find', SEND_2, 'find', 'find'],
    });
    expect(await run.record()).toMatchObject({ state: 'refused', status: 409 });
  });
});

const refused: Attempt<Done<string>> = { kind: 'refused', status: 400 };

describe('a call in doubt', () => {
  it('is refused only where everything has settled', async () => {
    const run = startWriteRun();
    const scripted = scriptWrite({ sends: [NONE, refused, refused] });
    expect(await call(run, scripted)).toMatchObject({ outcome: UNKNOWN });
    await run.clock.pass(SETTLE_MS);
    expect(await call(run, scripted)).toMatchObject({ outcome: refused, steps: ['find', SEND_1, 'find'] });
    expect(await run.record()).toMatchObject({ state: 'refused' });
  });

  it('is not refused before everything has settled, or where the state cannot be read', async () => {
    const sends = [refused];
    expect(await laterCall({ sends }, { agoMs: SETTLE_MS - 1 })).toMatchObject({ outcome: UNKNOWN });
    expect(await laterCall({ sends }, { agoMs: SETTLE_MS })).toMatchObject({ outcome: refused });
    const finds = [null, DOWN];
    expect(await laterCall({ sends, finds }, { agoMs: SETTLE_MS })).toMatchObject({ outcome: UNKNOWN });
  });

  it('sends no fresh key for refusals after which the state cannot be read', async () => {
    const run = startWriteRun();
    const scripted = scriptWrite({
      sends: [NONE, refused, refused, refused],
      finds: [null, null, DOWN, null, DOWN],
    });
    await call(run, scripted, { forMs: 300 });
    await run.clock.pass(SETTLE_MS);
    for (const _ of [1, 2]) expect(await call(run, scripted)).toMatchObject({ outcome: UNKNOWN });
    expect(await call(run, scripted)).toMatchObject({ outcome: refused, steps: ['find', SEND_1, 'find'] });
  });

  it('is a success where the state shows the effect after a refusal', async () => {
    const [sends, finds] = [[refused], [null, EFFECT]];
    expect(await laterCall({ sends, finds }, { agoMs: SETTLE_MS })).toMatchObject({ outcome: BY_STATE });
  });

  it.each<Attempt<Done<string>>>([
    { kind: 'not-sent' },
    { kind: 'rate-limited' },
    { kind: 'unauthorized', status: 401 },
  ])('stays so where the attempt is $kind', async (attempt) => {
    const { outcome, steps } = await laterCall({ sends: [attempt] }, { agoMs: SETTLE_MS });
    expect(outcome).toEqual(UNKNOWN);
    expect(steps.slice(0, 2)).toEqual(['find', SEND_1]);
  });

  it('goes on under a fresh key where the upstream may repeat that the token was refused', async () => {
    const run = startWriteRun();
    const denied: Attempt<Done<string>> = { kind: 'unauthorized', status: 403 };
    const scripted = scriptWrite({ sends: [NONE, denied, denied] });
    for (const _ of [1, 2]) expect(await call(run, scripted)).toMatchObject({ outcome: UNKNOWN });
    await run.clock.pass(SETTLE_MS);
    expect(await call(run, scripted)).toMatchObject({ outcome: BY_ANSWER, steps: ['find', SEND_2] });
  });

  it('goes on under a fresh key where the upstream may have forgotten the old one', async () => {
    const day = { agoMs: KEY_GUARDS_MS + 1 };
    expect(await laterCall({}, day)).toMatchObject({ outcome: BY_ANSWER, steps: ['find', SEND_2] });
    expect(await laterCall({ finds: [EFFECT] }, day)).toMatchObject({ outcome: BY_STATE, steps: ['find'] });
    expect(await laterCall({ finds: [DOWN] }, day)).toMatchObject({ outcome: UNKNOWN, steps: ['find'] });
  });
});

describe('a call that comes too early', () => {
  const sends: Attempt<Done<string>>[] = [{ kind: 'rate-limited' }];

  it('is unavailable where there is no effect, and goes on under the same key', async () => {
    const run = startWriteRun();
    const scripted = scriptWrite({ sends });
    expect(await call(run, scripted)).toEqual({
      outcome: { kind: 'unavailable', reason: 'rate-limited' },
      steps: ['survey', SEND_1, 'find'],
      tookMs: 0,
    });
    expect(await call(run, scripted)).toMatchObject({ outcome: BY_ANSWER, steps: ['find', SEND_1] });
  });

  it('is a success where there is an effect, and unknown where nothing tells', async () => {
    expect(await firstCall({ sends, finds: [EFFECT] })).toMatchObject({ outcome: BY_STATE });
    expect(await firstCall({ sends, finds: [DOWN] })).toMatchObject({ outcome: UNKNOWN });
  });
});

describe('an effect that another write without an outcome may have made', () => {
  /** Another write of the same content that is left without an outcome. */
  async function inDoubtBeside(others: readonly Attempt<Done<string>>[]) {
    const run = startWriteRun();
    const other = scriptWrite({ sends: others, finds: others.map(() => null) });
    await run.call(other.write, { idempotencyKey: 'another', forMs: 1000 });
    return run;
  }

  it('is not taken: the upstream tells under the key whose it is', async () => {
    const run = await inDoubtBeside([NONE, NONE, NONE]);
    const scripted = scriptWrite({ sends: [NONE], finds: [EFFECT] });
    expect(await call(run, scripted)).toMatchObject({
      outcome: BY_ANSWER,
      steps: ['survey', SEND_1, 'find', SEND_1],
    });
  });

  it('is not taken by one that the upstream tells nothing but failures', async () => {
    const run = await inDoubtBeside([NONE, NONE, NONE]);
    const failures = Array.from({ length: 6 }, () => FAILURE);
    const scripted = scriptWrite({ sends: failures, finds: Array.from({ length: 9 }, () => EFFECT) });
    expect(await call(run, scripted)).toMatchObject({ outcome: UNKNOWN });
    expect(await call(run, scripted)).toMatchObject({ outcome: UNKNOWN });
    expect(await run.record()).toMatchObject({ state: 'open', generation: 1 });
  });

  it('is the other one where the upstream refuses the only key that was ever sent', async () => {
    const run = await inDoubtBeside([NONE, NONE, NONE]);
    const finds = [EFFECT, EFFECT, EFFECT, EFFECT, EFFECT];
    const scripted = scriptWrite({ sends: [NONE, refused, refused], finds });
    expect(await call(run, scripted, { forMs: 300 })).toMatchObject({ outcome: UNKNOWN });
    expect(await call(run, scripted)).toMatchObject({ outcome: UNKNOWN });
    await run.clock.pass(SETTLE_MS);
    expect(await call(run, scripted)).toMatchObject({ outcome: refused, steps: ['find', SEND_1, 'find'] });
  });

  it('may be of an earlier key where the upstream refuses a fresh one, which counts as one answer more', async () => {
    const run = await inDoubtBeside([NONE, NONE, NONE]);
    const finds = [null, null, null, null, EFFECT, EFFECT];
    const scripted = scriptWrite({ sends: [FAILURE, FAILURE, NONE, refused], finds });
    expect(await call(run, scripted)).toMatchObject({ outcome: UNKNOWN });
    await run.clock.pass(SETTLE_MS);
    expect(await call(run, scripted)).toMatchObject({ outcome: UNKNOWN, steps: ['find', SEND_2, 'find'] });
    expect(await run.record()).toMatchObject({ state: 'open', generation: 2, answers: 1 });
  });
});

describe('the time of a call', () => {
  it('ends an attempt that is still under way', async () => {
    const run = startWriteRun();
    const scripted = scriptWrite(
      {},
      {
        send: (_key, signal) =>
          new Promise((resolve) => signal.addEventListener('abort', () => resolve(NONE), { once: true })),
      },
    );
    const endsAtMs = run.clock.now() + 300;
    const running = run.runner.run(scripted.write, { caller: 'caller', idempotencyKey: 'key', endsAtMs });
    expect(await running).toEqual(UNKNOWN);
    expect(await run.record()).toMatchObject({ state: 'open', lease: null });
  });
});
