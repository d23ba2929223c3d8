import { randomUUID } from 'node:crypto';

/** By which a request is named, both ways. */
export const REQUEST_ID_HEADER = 'x-request-id';

const ACCEPTED = /^[A-Za-z0-9._-]{1,64}$/;

/** The id that a request came with, where it is one that may stand in a log, or else a new one. */
export function requestIdOf(header: string | readonly string[] | undefined): string {
  return typeof header === 'string' && ACCEPTED.test(header) ? header : randomUUID();
}
