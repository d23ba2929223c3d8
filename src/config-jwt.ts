import { z } from 'zod';
import { text } from './config-values.ts';

/** How JSON web tokens are checked. */
export interface JwtConfig {
  /** Where the issuer's public keys are. */
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
}

/** The variables of JSON web tokens. */
export const jwtVariables = {
  GATEWAY_JWKS_URL: z
    .string()
    .trim()
    .refine(isKeyAddress, 'must be an https address without credentials, or an http one on loopback')
    .optional(),
  GATEWAY_JWT_ISSUER: text.optional(),
  GATEWAY_JWT_AUDIENCE: text.optional(),
};

const jwtEnvironment = z.object(jwtVariables);
const NAMES = ['GATEWAY_JWKS_URL', 'GATEWAY_JWT_ISSUER', 'GATEWAY_JWT_AUDIENCE'] as const;
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** Keys that somebody can change on their way are no keys. */
function isKeyAddress(value: string): boolean {
  const address = URL.parse(value);
  if (address === null || address.username !== '' || address.password !== '') return false;
  return address.protocol === 'https:' || (address.protocol === 'http:' && LOOPBACK.test(address.hostname));
}

/** A line for each of the variables that is missing beside another. */
export function jwtFaults(env: Readonly<Record<string, string | undefined>>): string[] {
  const missing = NAMES.filter((name) => env[name] === undefined);
  if (missing.length === NAMES.length) return [];
  return missing.map((name) => `${name}: required together with the other two of JSON web tokens`);
}

/** Null where tokens are not taken. */
export function jwtConfig(env: z.infer<typeof jwtEnvironment>): JwtConfig | null {
  const { GATEWAY_JWKS_URL: jwksUrl, GATEWAY_JWT_ISSUER: issuer, GATEWAY_JWT_AUDIENCE: audience } = env;
  if (jwksUrl === undefined || issuer === undefined || audience === undefined) return null;
  return { jwksUrl, issuer, audience };
}
