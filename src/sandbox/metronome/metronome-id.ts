import { hash } from 'node:crypto';

const MULTIPLIER = 0x9e3779b1;
/** MULTIPLIER times this is 1 modulo 2^32. */
const INVERSE = 0x0e8b2f51;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text has the form of a UUID (metronome.md section 1.9). */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/**
 * The UUID of the thing of one kind that belongs to `index` (a whole number below 2^31) and is told apart from its
 * siblings by `detail`. Its first group hides the index, so that `indexOfMetronomeId` finds the owner without any
 * table; the rest is a hash.
 */
export function metronomeId(kind: string, index: number, detail = ''): string {
  const digest = hash('sha1', `${kind}:${index}:${detail}`);
  const owner = (Math.imul(index + 1, MULTIPLIER) ^ mask(kind)) >>> 0;
  const variant = ((Number.parseInt(digest.slice(11, 12), 16) & 0x3) | 0x8).toString(16);
  return [
    owner.toString(16).padStart(8, '0'),
    digest.slice(0, 4),
    `5${digest.slice(4, 7)}`,
    `${variant}${digest.slice(12, 15)}`,
    digest.slice(16, 28),
  ].join('-');
}

/** The index that `metronomeId(kind, index, ...)` had been given, or some other number for any other UUID. */
export function indexOfMetronomeId(kind: string, id: string): number {
  return Math.imul(Number.parseInt(id.slice(0, 8), 16) ^ mask(kind), INVERSE) - 1;
}

function mask(kind: string): number {
  return Number.parseInt(hash('sha1', kind).slice(0, 8), 16);
}
