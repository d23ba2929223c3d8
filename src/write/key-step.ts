import { isDeaf, isGuardOver } from './key-guard.ts';
import type { LaneOthers } from './lane.ts';
import { unsentGeneration, type OpenRecord } from './write-record.ts';
import type { Attempt, Effect } from './write.ts';

/** What the upstream's state says: an effect that may be this write's, that there is none, or nothing at all. */
export type ReadBack =
  | {
      readonly kind: 'effect';
      readonly effect: Effect;
      readonly atMs: number;
      readonly othersInDoubt: LaneOthers['inDoubt'];
    }
  | { readonly kind: 'none'; readonly atMs: number }
  | { readonly kind: 'failed' };

/** What to do next. */
export type KeyStep =
  /** The effect is this write's. */
  | { readonly kind: 'claim'; readonly effect: Effect }
  /** Read the state again at that time, and then ask again. */
  | { readonly kind: 'wait'; readonly untilMs: number }
  /** Send under the key of the record's generation. */
  | { readonly kind: 'send'; readonly record: OpenRecord }
  /** Nothing may be sent: neither the upstream's memory of the key nor its state guards against a second effect. */
  | { readonly kind: 'stop' }
  | { readonly kind: 'refuse'; readonly status: number };

/** So many unusable answers in a row under one key, and the upstream repeats a failure that it keeps. */
const STORED_AFTER = 2;
const CONFLICT = 409;

/**
 * The next step of a write. The same key is always safe while the upstream remembers it. A fresh one is safe only when
 * nothing can come of the old one any more: it was answered twice with a failure, which the upstream may now repeat for a
 * day (metronome.md section 1.6), time to settle has passed since, and the state read after that shows no effect.
 *
 * An effect that may as well be another write's is not taken: the upstream tells under the key whose it is. Only where it
 * tells none of them, since all it keeps is failures, one is as good as the other.
 *
 * @param back the state as it was read last
 * @param settleMs how long an upstream may still act on a request that it has answered with a failure
 */
export function keyStep(record: OpenRecord, back: ReadBack, nowMs: number, settleMs: number): KeyStep {
  if (back.kind === 'failed') return { kind: 'stop' };
  if (back.kind === 'effect' && back.othersInDoubt === 'none') return { kind: 'claim', effect: back.effect };
  const isOver = back.kind === 'effect' ? isDeaf(record, nowMs) : isSpent(record, nowMs);
  if (!isOver) return { kind: 'send', record };
  const settledAtMs = (record.doubtAtMs ?? 0) + settleMs;
  if (back.atMs < settledAtMs) return { kind: 'wait', untilMs: settledAtMs };
  if (back.kind === 'none') return renewed(record);
  return back.othersInDoubt === 'deaf' ? { kind: 'claim', effect: back.effect } : { kind: 'stop' };
}

/** Whether the key that was sent is of no more use to this write. */
function isSpent(record: OpenRecord, nowMs: number): boolean {
  return record.answers >= STORED_AFTER || isGuardOver(record, nowMs);
}

function renewed(record: OpenRecord): KeyStep {
  // A fresh key meets nothing that it could conflict with but the state of the object.
  const isRefused = record.answers > 0 && record.onlyConflicts && record.generation > 1;
  if (isRefused) return { kind: 'refuse', status: CONFLICT };
  return { kind: 'send', record: { ...record, ...unsentGeneration(record.generation + 1) } };
}

/** The record after an attempt that did not decide the outcome. */
export function withAttempt(record: OpenRecord, attempt: Attempt<unknown>, nowMs: number): OpenRecord {
  switch (attempt.kind) {
    case 'unclear':
      return attempt.answer === 'none'
        ? { ...record, doubtAtMs: nowMs, answers: 0, onlyConflicts: true }
        : { ...answered(record, attempt.answer === 'conflict'), doubtAtMs: nowMs };
    case 'rate-limited':
    case 'unauthorized':
      return { ...answered(record), doubtAtMs: nowMs };
    case 'done':
    case 'refused':
    case 'not-sent':
      return record;
  }
}

/** The record after one more answer that tells of no effect, and may be all that the upstream will say under this key. */
export function answered(record: OpenRecord, isConflict = false): OpenRecord {
  return { ...record, answers: record.answers + 1, onlyConflicts: record.onlyConflicts && isConflict };
}
