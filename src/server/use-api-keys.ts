import { createHash, timingSafeEqual } from 'node:crypto';
import type { Plugin } from 'graphql-yoga';
import type { ApiKey } from '../config.ts';
import type { ErrorCode } from '../errors/error-code.ts';

/**
 * Lets only requests with a known key through, whatever their path: several spellings of a path lead to the endpoint.
 * Without keys it lets everyone through.
 */
export function useApiKeys(keys: readonly ApiKey[]): Plugin {
  return {
    onRequest({ request, endResponse, fetchAPI }) {
      if (keys.length === 0 || request.method === 'OPTIONS') return;
      const key = presentedKey(request.headers);
      if (key !== null && keys.some(({ sha256 }) => matches(key, sha256))) return;
      const code: ErrorCode = 'UNAUTHENTICATED';
      const body = JSON.stringify({
        errors: [{ message: 'A valid API key is required.', extensions: { code } }],
      });
      const headers = { 'content-type': 'application/json; charset=utf-8', 'www-authenticate': 'Bearer' };
      endResponse(new fetchAPI.Response(body, { status: 401, headers }));
    },
  };
}

function presentedKey(headers: Headers): string | null {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '');
  return headers.get('x-api-key') ?? bearer?.[1] ?? null;
}

/** In constant time: both sides are hashes of the same length. */
function matches(key: string, sha256: Buffer): boolean {
  return timingSafeEqual(createHash('sha256').update(key).digest(), sha256);
}
