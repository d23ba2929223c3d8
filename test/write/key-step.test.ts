import { describe, expect, it } from 'vitest';
import { isDeaf, KEY_GUARDS_MS } from '../../src/write/key-guard.ts';
import { keyStep, withAttempt, type ReadBack } from '../../src/write/key-step.ts';
import type { LaneOthers } from '../../src/write/lane.ts';
import type { OpenRecord } from '../../src/write/write-record.ts';
import type { Attempt } from '../../src/write/write.ts';
import { anOpenRecord } from './open-record.ts';

const NOW = Date.UTC(2026, 5, 15);
const SETTLE_MS = 2000;
const SETTLED: ReadBack = { kind: 'none', atMs: NOW };

const FAILED: ReadBack = { kind: 'failed' };

/** No effect, as it was read some time ago. */
function none(agoMs = 0): ReadBack {
  return { kind: 'none', atMs: NOW - agoMs };
}

/** An effect, as it was read some time ago, that may be others' as well. */
function effect(othersInDoubt: LaneOthers['inDoubt'], agoMs = 0): ReadBack {
  return { kind: 'effect', effect: ['made'], atMs: NOW - agoMs, othersInDoubt };
}

/** Sent a while ago under the second key, answered twice with a failure, in doubt for five seconds. */
const twiceFailed: Partial<OpenRecord> = {
  before: ['1'],
  generation: 2,
  sentAtMs: NOW - 10_000,
  doubtAtMs: NOW - 5000,
  answers: 2,
  onlyConflicts: false,
};
const deaf: Partial<OpenRecord> = { ...twiceFailed, answers: 4 };
const guardOver: Partial<OpenRecord> = { ...twiceFailed, answers: 0, sentAtMs: NOW - KEY_GUARDS_MS - 1 };

describe('the next key', () => {
  it.each<[string, Partial<OpenRecord>, ReadBack]>([
    ['nothing was sent', {}, none()],
    ['no answer came', { sentAtMs: NOW - 1000, doubtAtMs: NOW }, none()],
    ['one failure came', { ...twiceFailed, answers: 1 }, SETTLED],
    ['the upstream still knows the key', { ...guardOver, sentAtMs: NOW - KEY_GUARDS_MS }, none()],
    ['one conflict came under a fresh key', { ...twiceFailed, answers: 1, onlyConflicts: true }, none()],
    ['an effect may be that of others, which the upstream can tell', { ...deaf, answers: 3 }, effect('open')],
    ['an effect may be that of others, all of them deaf', { ...deaf, answers: 3 }, effect('deaf')],
  ])('is the same one where %s', (_, changes, back) => {
    const record = anOpenRecord(changes);
    expect(keyStep(record, back, NOW, SETTLE_MS)).toEqual({ kind: 'send', record });
  });

  it.each<[string, Partial<OpenRecord>, ReadBack]>([
    ['two failures came and there is no effect after time to settle', twiceFailed, none(5000 - SETTLE_MS)],
    ['many failures came', deaf, SETTLED],
    [
      'only conflicts came under the first key',
      { ...twiceFailed, generation: 1, onlyConflicts: true },
      SETTLED,
    ],
    ['the upstream may have forgotten the key', guardOver, SETTLED],
    [
      'the upstream may have forgotten a key without an answer',
      { ...guardOver, onlyConflicts: true },
      SETTLED,
    ],
  ])('is a fresh one where %s', (_, changes, back) => {
    const record = anOpenRecord(changes);
    expect(keyStep(record, back, NOW, SETTLE_MS)).toEqual({
      kind: 'send',
      record: {
        ...record,
        generation: record.generation + 1,
        sentAtMs: null,
        answers: 0,
        onlyConflicts: true,
      },
    });
  });

  it.each<[string, Partial<OpenRecord>, ReadBack]>([
    ['failures came', twiceFailed, none(5000 - SETTLE_MS + 1)],
    ['failures came, and the state was read before', twiceFailed, none(6000)],
    ['the upstream may have forgotten the key', guardOver, none(5000)],
    ['conflicts came under a fresh key', { ...twiceFailed, onlyConflicts: true }, none(5000)],
    ['an effect is that of one of several deaf ones', deaf, effect('deaf', 4000)],
    ['an effect may be that of others', deaf, effect('open', 4000)],
  ])('waits for the upstream to settle where %s', (_, changes, back) => {
    const step = keyStep(anOpenRecord(changes), back, NOW, SETTLE_MS);
    expect(step).toEqual({ kind: 'wait', untilMs: NOW - 5000 + SETTLE_MS });
  });

  it('waits for nothing where upstreams need no time to settle', () => {
    const step = keyStep(anOpenRecord({ ...twiceFailed, doubtAtMs: NOW }), none(), NOW, 0);
    expect(step).toMatchObject({ kind: 'send', record: { generation: 3 } });
  });

  it.each<[string, Partial<OpenRecord>, ReadBack]>([
    ['nothing is sure', {}, FAILED],
    ['an answer is awaited', twiceFailed, FAILED],
    ['the upstream may have forgotten the old one', guardOver, FAILED],
    ['the effect may be that of others who can still be told theirs', deaf, effect('open')],
  ])('is none where %s', (_, changes, back) => {
    expect(keyStep(anOpenRecord(changes), back, NOW, SETTLE_MS)).toEqual({ kind: 'stop' });
  });

  it.each([2, 3])('is none where the state itself is what conflicts, which key %i shows', (generation) => {
    const record = anOpenRecord({ ...twiceFailed, generation, onlyConflicts: true });
    expect(keyStep(record, SETTLED, NOW, SETTLE_MS)).toEqual({ kind: 'refuse', status: 409 });
  });

  it.each<[string, Partial<OpenRecord>, ReadBack]>([
    ['nobody else is in doubt', { doubtAtMs: NOW }, effect('none')],
    ['nobody else is in doubt, whatever was answered', deaf, effect('none', 9000)],
    ['the upstream tells none of those in doubt', deaf, effect('deaf')],
    ['the upstream tells none of them, and may have forgotten the key', guardOver, effect('deaf')],
  ])('is not needed where there is an effect and %s', (_, changes, back) => {
    const step = keyStep(anOpenRecord(changes), back, NOW, SETTLE_MS);
    expect(step).toEqual({ kind: 'claim', effect: ['made'] });
  });
});

describe('a key', () => {
  it.each<[string, Partial<OpenRecord>, boolean]>([
    ['never sent', {}, false],
    ['three failures', { ...deaf, answers: 3 }, false],
    ['four failures', deaf, true],
    ['a day without an answer', guardOver, true],
  ])('tells nothing any more after %s: %s', (_, changes, isSo) => {
    expect(isDeaf(anOpenRecord(changes), NOW)).toBe(isSo);
  });
});

describe('the record after an attempt', () => {
  const sent = anOpenRecord({ before: [], sentAtMs: NOW - 1000, doubtAtMs: NOW - 1000, answers: 1 });

  it.each<[string, Attempt<unknown>, Partial<OpenRecord>]>([
    [
      'without an answer starts counting anew',
      { kind: 'unclear', answer: 'none' },
      { doubtAtMs: NOW, answers: 0, onlyConflicts: true },
    ],
    [
      'that failed counts one more',
      { kind: 'unclear', answer: 'failure' },
      { doubtAtMs: NOW, answers: 2, onlyConflicts: false },
    ],
    [
      'that met a conflict counts one more',
      { kind: 'unclear', answer: 'conflict' },
      { doubtAtMs: NOW, answers: 2, onlyConflicts: true },
    ],
    [
      'that came too early counts one more',
      { kind: 'rate-limited' },
      { doubtAtMs: NOW, answers: 2, onlyConflicts: false },
    ],
    [
      'whose token was refused counts one more',
      { kind: 'unauthorized', status: 403 },
      { doubtAtMs: NOW, answers: 2, onlyConflicts: false },
    ],
    ['that was never sent is as before', { kind: 'not-sent' }, {}],
    ['that was refused is as before', { kind: 'refused', status: 400 }, {}],
    ['that took effect is as before', { kind: 'done', answer: null }, {}],
  ])('%s', (_, attempt, changes) => {
    expect(withAttempt(sent, attempt, NOW)).toEqual({ ...sent, ...changes });
  });

  it('remembers that one answer was no conflict', () => {
    const first = withAttempt(anOpenRecord(), { kind: 'unclear', answer: 'failure' }, NOW);
    expect(first).toMatchObject({ answers: 1, doubtAtMs: NOW, onlyConflicts: false });
    const second = withAttempt(first, { kind: 'unclear', answer: 'conflict' }, NOW + 500);
    expect(second).toMatchObject({ answers: 2, doubtAtMs: NOW + 500, onlyConflicts: false });
  });
});
