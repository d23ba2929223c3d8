import { hash, timingSafeEqual } from 'node:crypto';
import type { ApiKey } from '../config.ts';
import type { Caller } from '../domain/caller.ts';

/** Whoever may read at all may see everything. */
export const EVERYTHING = 'everything';

/** Everyone, where no key is configured; the configuration allows that on loopback alone. */
const ANONYMOUS: Caller = { id: 'anonymous', role: 'write', scope: EVERYTHING };

/**
 * The caller that a request's headers name, by `x-api-key` or else by `Authorization: Bearer`; null where they hold no
 * known key. A caller is known by the name of its key, so that a key can be replaced while the old one still works.
 *
 * In constant time: hashes of one length are compared, and all of them, so that neither a near miss nor the place of
 * the key in the list shows.
 */
export function identifyCaller(headers: Pick<Headers, 'get'>, keys: readonly ApiKey[]): Caller | null {
  if (keys.length === 0) return ANONYMOUS;
  const key = presentedKey(headers);
  const presented = hash('sha256', key, 'buffer');
  let known: ApiKey | null = null;
  for (const apiKey of keys) {
    if (timingSafeEqual(presented, apiKey.sha256)) known ??= apiKey;
  }
  return key === '' || known === null
    ? null
    : { id: `key:${known.name}`, role: known.role, scope: EVERYTHING };
}

/** Empty where there is none. */
function presentedKey(headers: Pick<Headers, 'get'>): string {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '');
  const own = headers.get('x-api-key') ?? '';
  return own === '' ? (bearer?.[1] ?? '') : own;
}
