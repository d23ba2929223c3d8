import type { Config } from '../config.ts';
import type { Caller } from '../domain/caller.ts';
import { EVERYTHING, identifyCaller } from './identify-caller.ts';

/** Who sent a request. */
export type Identity =
  | { readonly kind: 'caller'; readonly caller: Caller }
  | { readonly kind: 'unknown' }
  /** Known, and allowed nothing. */
  | { readonly kind: 'not-allowed' };

/** The headers of a request, by names in lower case. */
export type RequestHeaders = Pick<Headers, 'get'>;

/** Tells by its headers who sent a request. Never rejects. */
export type Authenticate = (headers: RequestHeaders) => Identity | Promise<Identity>;

type Credentials = Pick<Config, 'apiKeys' | 'jwt'>;

/** Whether everyone who reaches the gateway is let in; the configuration allows that on loopback alone. */
export function isOpen({ apiKeys, jwt }: Credentials): boolean {
  return apiKeys.length === 0 && jwt === null;
}

/** By an API key, or else by a JSON web token, as far as the gateway takes either. */
export async function createAuthentication(credentials: Credentials): Promise<Authenticate> {
  const { apiKeys, jwt } = credentials;
  const byKey = (headers: RequestHeaders): Identity => {
    const caller = identifyCaller(headers, apiKeys);
    return caller === null ? { kind: 'unknown' } : { kind: 'caller', caller };
  };
  if (jwt === null) return byKey;
  // Loaded only where it is wanted: what checks signatures takes its part of the start.
  const { createTokenVerifier } = await import('./token-verifier.ts');
  const verifier = createTokenVerifier(jwt);
  return async (headers) => {
    const known: Identity = apiKeys.length === 0 ? { kind: 'unknown' } : byKey(headers);
    const token = presentedToken(headers);
    if (known.kind !== 'unknown' || token === null) return known;
    const verified = await verifier.verify(token);
    switch (verified.kind) {
      case 'caller':
        return { kind: 'caller', caller: { ...verified.caller, scope: EVERYTHING } };
      case 'not-allowed':
        return verified;
      case 'invalid':
        return { kind: 'unknown' };
    }
  };
}

/** Three parts, of which none is looked at here. */
const BEARER_TOKEN = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i;

/** Null where there is none, or where a key is to be looked at instead. */
function presentedToken(headers: RequestHeaders): string | null {
  if ((headers.get('x-api-key') ?? '') !== '') return null;
  return BEARER_TOKEN.exec(headers.get('authorization') ?? '')?.[1] ?? null;
}
