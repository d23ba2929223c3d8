/**
 * How long a key that went upstream guards against a second effect, counted from when it was first sent. Both upstreams
 * keep idempotency keys for at least 24 hours (metronome.md section 1.6, maple.md section 1.4); the hour is for clocks.
 */
export const KEY_GUARDS_MS = 23 * 3_600_000;
