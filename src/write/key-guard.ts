import type { OpenRecord } from './write-record.ts';

/**
 * How long a key that went upstream guards against a second effect, counted from when it was first sent. Both upstreams
 * keep idempotency keys for at least 24 hours (metronome.md section 1.6, maple.md section 1.4); the hour is for clocks.
 */
export const KEY_GUARDS_MS = 23 * 3_600_000;
/** So many unusable answers in a row under one key, and nothing else will come of it. */
const DEAF_AFTER = 4;

/** Whether the key that was sent must not be sent again. */
export function isGuardOver({ sentAtMs }: OpenRecord, nowMs: number): boolean {
  return sentAtMs !== null && nowMs - sentAtMs > KEY_GUARDS_MS;
}

/** Whether nothing but a failure will ever come of the key that was sent, so that it cannot tell of an effect. */
export function isDeaf(record: OpenRecord, nowMs: number): boolean {
  return record.answers >= DEAF_AFTER || isGuardOver(record, nowMs);
}
