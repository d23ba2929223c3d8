import { createHash, timingSafeEqual } from 'node:crypto';
import type { Plugin } from 'graphql-yoga';
import type { ApiKey } from '../config.ts';
import type { ErrorCode } from '../errors/error-code.ts';

/**
 * Lets only requests with a known key through. Their path makes no difference, since several spellings of it lead to the
 * endpoint; the probes and GraphiQL's page, which hold no data, are answered before. Without keys it lets everyone
 * through.
 */
export function useApiKeys(keys: readonly ApiKey[]): Plugin {
  return {
    onRequest({ request, endResponse, fetchAPI }) {
      if (keys.length === 0 || request.method === 'OPTIONS') return;
      if (isKnown(presentedKey(request.headers), keys)) return;
      const code: ErrorCode = 'UNAUTHENTICATED';
      const body = JSON.stringify({
        errors: [{ message: 'A valid API key is required.', extensions: { code } }],
      });
      const headers = { 'content-type': 'application/json; charset=utf-8', 'www-authenticate': 'Bearer' };
      endResponse(new fetchAPI.Response(body, { status: 401, headers }));
    },
  };
}

/** In constant time: both sides are hashes of the same length. */
function isKnown(key: string, keys: readonly ApiKey[]): boolean {
  const presented = createHash('sha256').update(key).digest();
  return key !== '' && keys.some(({ sha256 }) => timingSafeEqual(presented, sha256));
}

/** Empty where there is none. */
function presentedKey(headers: Headers): string {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '');
  const own = headers.get('x-api-key') ?? '';
  return own === '' ? (bearer?.[1] ?? '') : own;
}
