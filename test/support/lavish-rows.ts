import { createHash } from 'node:crypto';

/** The id of a row of a list: always the same one for the same place. */
export function uuid(list: string, at: number): string {
  const hex = createHash('sha1').update(`${list} ${at}`).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** Which page a token is of, from 0; a list's first page has none. */
export function pageNumber(token: string | null): number {
  return token === null ? 0 : Number(/\d+/.exec(token)?.[0] ?? 0);
}

/** A timestamp, the older the higher the number is. */
export function daysBefore(days: number): string {
  return new Date(Date.UTC(2026, 5, 15) - days * 3_600_000).toISOString();
}
