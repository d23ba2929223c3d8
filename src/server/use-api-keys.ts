import type { Plugin } from 'graphql-yoga';
import type { ApiKey } from '../config.ts';
import type { Caller } from '../domain/caller.ts';
import type { ErrorCode } from '../errors/error-code.ts';
import { identifyCaller } from './identify-caller.ts';
import { noteErrorCode } from './telemetry/request-scope.ts';

/** Where `useApiKeys` leaves the caller of a request that it has let through. */
export interface CallerSlot {
  caller?: Caller;
}

/**
 * Lets only requests of a known caller through. Their path makes no difference, since several spellings of it lead to
 * the endpoint; the probes and GraphiQL's page, which hold no data, are answered before, and a preflight carries no key.
 */
export function useApiKeys(keys: readonly ApiKey[]): Plugin<object, CallerSlot> {
  return {
    onRequest({ request, serverContext, endResponse, fetchAPI }) {
      if (request.method === 'OPTIONS') return;
      const caller = identifyCaller(request.headers, keys);
      if (caller !== null) {
        serverContext.caller = caller;
        return;
      }
      const code: ErrorCode = 'UNAUTHENTICATED';
      noteErrorCode(code);
      const body = JSON.stringify({
        errors: [{ message: 'A valid API key is required.', extensions: { code } }],
      });
      const headers = { 'content-type': 'application/json; charset=utf-8', 'www-authenticate': 'Bearer' };
      endResponse(new fetchAPI.Response(body, { status: 401, headers }));
    },
  };
}

/**
 * The caller of a request that `useApiKeys` has let through.
 *
 * @throws TypeError for any other request
 */
export function callerOf({ caller }: CallerSlot): Caller {
  if (caller === undefined) throw new TypeError('a request without a caller reached the schema');
  return caller;
}
