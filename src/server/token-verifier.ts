import {
  createRemoteJWKSet,
  customFetch,
  errors,
  jwtVerify,
  type FetchImplementation,
  type JWTPayload,
} from 'jose';
import type { JwtConfig } from '../config-jwt.ts';
import type { Caller } from '../domain/caller.ts';

/** What a token comes to. */
export type VerifiedToken =
  | { readonly kind: 'caller'; readonly caller: Omit<Caller, 'scope'> }
  /** It is one of the issuer's, but it allows nothing here. */
  | { readonly kind: 'not-allowed' }
  /** Also where its signature cannot be checked, because the keys cannot be had. */
  | { readonly kind: 'invalid' };

/** Checks JSON web tokens. Never rejects for what a token holds, or for what the issuer's server does. */
export interface TokenVerifier {
  verify(token: string): Promise<VerifiedToken>;
}

/** Signatures by a key pair only: with a shared secret, whoever can check a token could make one. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
/** Clocks of two machines differ. */
const CLOCK_TOLERANCE_SECONDS = 5;
/** A request does not wait longer for the keys. */
const FETCH_TIMEOUT_MS = 2000;
/** A token with an unknown key makes the keys be fetched again, but not more often than that. */
const COOLDOWN_MS = 30_000;
/** Between two fetches, so that a server that fails is not asked once for each token. */
const PAUSE_MS = 1000;
/** From then on they are fetched again, and used meanwhile, so that a short failure of the issuer's server shuts nobody out. */
const REFRESH_AFTER_MS = 600_000;
/** From then on they are not used any more. */
const MAX_AGE_MS = 3_600_000;
const MAX_JWKS_BYTES = 1_000_000;

const WRITE = 'billing:write';
const READ = 'billing:read';

/** Tokens of one issuer for one audience, by the keys that the issuer publishes. */
export function createTokenVerifier(
  { jwksUrl, issuer, audience }: JwtConfig,
  { refreshAfterMs = REFRESH_AFTER_MS } = {},
): TokenVerifier {
  let fetchedAtMs = Number.NEGATIVE_INFINITY;
  let endedAtMs = Number.NEGATIVE_INFINITY;

  const fetchKeys: FetchImplementation = async (address, options) => {
    if (performance.now() - endedAtMs < PAUSE_MS) throw new errors.JWKSTimeout();
    try {
      const response = await fetch(address, options);
      if (Number(response.headers.get('content-length') ?? 0) > MAX_JWKS_BYTES)
        throw new errors.JWKSInvalid();
      if (response.status === 200) fetchedAtMs = performance.now();
      return response;
    } finally {
      endedAtMs = performance.now();
    }
  };
  const keys = createRemoteJWKSet(new URL(jwksUrl), {
    timeoutDuration: FETCH_TIMEOUT_MS,
    cooldownDuration: COOLDOWN_MS,
    cacheMaxAge: MAX_AGE_MS,
    [customFetch]: fetchKeys,
  });

  function refreshInTime(): void {
    const isDue = keys.fresh && performance.now() - fetchedAtMs > refreshAfterMs;
    // Whoever needs them when they cannot be had any more will know.
    if (isDue && !keys.reloading) keys.reload().catch(() => undefined);
  }

  return {
    async verify(token) {
      refreshInTime();
      try {
        const { payload } = await jwtVerify(token, keys, {
          issuer,
          audience,
          algorithms: ALGORITHMS,
          clockTolerance: CLOCK_TOLERANCE_SECONDS,
          requiredClaims: ['exp', 'sub'],
        });
        return verifiedCaller(payload);
      } catch {
        // What is wrong with it is nobody's business, least of all who has made it up.
        return { kind: 'invalid' };
      }
    },
  };
}

function verifiedCaller(payload: JWTPayload): VerifiedToken {
  const { iss, sub } = payload;
  if (typeof iss !== 'string' || typeof sub !== 'string' || sub === '') return { kind: 'invalid' };
  const scopes = new Set([...wordsOf(payload['scope']), ...wordsOf(payload['scp'])]);
  if (!scopes.has(WRITE) && !scopes.has(READ)) return { kind: 'not-allowed' };
  return { kind: 'caller', caller: { id: `jwt:${iss}:${sub}`, role: scopes.has(WRITE) ? 'write' : 'read' } };
}

/** Scopes stand in one text with blanks between them (RFC 9068, section 2.2.3), or in a list, as some issuers write them. */
function wordsOf(claim: unknown): unknown[] {
  if (Array.isArray(claim)) return claim;
  return typeof claim === 'string' ? claim.split(' ') : [];
}
