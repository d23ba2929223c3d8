import { createHash } from 'node:crypto';
import { ConfigError, readConfig } from '../../src/config.ts';

/** SHA-256 of a client's key, in hex. */
export const KEY_HASH = createHash('sha256').update('a key').digest('hex');

/** What must be set in production, and nothing else. */
export const PRODUCTION = {
  NODE_ENV: 'production',
  METRONOME_API_TOKEN: 'metronome-token',
  MAPLE_API_TOKEN: 'maple-token',
  MAPLE_COMPANY_ID: 'cmp_1',
  GATEWAY_API_KEYS: `reader:read:${KEY_HASH}`,
};

/** What readConfig says of an environment, a line each. */
export function faultsOf(env: Readonly<Record<string, string | undefined>>): string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message.split('\n- ').slice(1);
  }
  return [];
}

/** Names of the variables at fault. */
export function faultyIn(env: Readonly<Record<string, string | undefined>>): string[] {
  return faultsOf(env).map((fault) => fault.split(':')[0] ?? '');
}
