import type { Plugin } from 'graphql-yoga';
import type { Caller } from '../domain/caller.ts';
import type { ErrorCode } from '../errors/error-code.ts';
import type { Authenticate, Identity } from './authenticate.ts';
import { noteErrorCode } from './telemetry/request-scope.ts';

/** Where the caller of a request is that has been let through, by `useAuthentication` or before the server was asked. */
export interface CallerSlot {
  caller?: Caller;
  /** Whether it counts towards the limits of its caller already. */
  isCounted?: boolean;
}

interface AuthenticationOptions {
  readonly authenticate: Authenticate;
  /** Whether there are JSON web tokens beside keys. */
  readonly takesTokens: boolean;
}

interface Refusal {
  readonly status: number;
  readonly code: ErrorCode;
  readonly message: string;
  /** Of the header `WWW-Authenticate` (RFC 6750, section 3). */
  readonly challenge: string;
}

/**
 * Lets only requests of a known caller through. Their path makes no difference, since several spellings of it lead to
 * the endpoint; the probes and GraphiQL's page, which hold no data, are answered before, and a preflight carries no key.
 */
export function useAuthentication({
  authenticate,
  takesTokens,
}: AuthenticationOptions): Plugin<object, CallerSlot> {
  return {
    async onRequest({ request, serverContext, endResponse, fetchAPI }) {
      if (request.method === 'OPTIONS' || serverContext.caller !== undefined) return;
      const identity = await authenticate(request.headers);
      if (identity.kind === 'caller') {
        serverContext.caller = identity.caller;
        return;
      }
      const { status, code, message, challenge } = refusalOf(identity.kind, takesTokens);
      noteErrorCode(code);
      const body = JSON.stringify({ errors: [{ message, extensions: { code } }] });
      const headers = { 'content-type': 'application/json; charset=utf-8', 'www-authenticate': challenge };
      endResponse(new fetchAPI.Response(body, { status, headers }));
    },
  };
}

function refusalOf(kind: Exclude<Identity['kind'], 'caller'>, takesTokens: boolean): Refusal {
  switch (kind) {
    case 'unknown':
      return {
        status: 401,
        code: 'UNAUTHENTICATED',
        message: `A valid API key${takesTokens ? ' or token' : ''} is required.`,
        challenge: 'Bearer',
      };
    case 'not-allowed':
      return {
        status: 403,
        code: 'FORBIDDEN',
        message: 'This token has neither the scope billing:read nor billing:write.',
        challenge: 'Bearer error="insufficient_scope", scope="billing:read billing:write"',
      };
  }
}

/**
 * The caller of a request that `useAuthentication` has let through.
 *
 * @throws TypeError for any other request
 */
export function callerOf({ caller }: CallerSlot): Caller {
  if (caller === undefined) throw new TypeError('a request without a caller reached the schema');
  return caller;
}
