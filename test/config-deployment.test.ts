import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { faultyIn, KEY_HASH as HASH, PRODUCTION } from './support/config-faults.ts';

describe('the configuration of a deployment', () => {
  it('refuses GATEWAY_JWKS_URL, a protection that this version does not give', () => {
    const asked = { GATEWAY_JWKS_URL: 'https://keys.example.com' };
    expect(() => readConfig(asked)).toThrow('GATEWAY_JWKS_URL: asks for a protection');
    expect(() => readConfig({ ...asked, PORT: 'x' })).toThrow('GATEWAY_JWKS_URL: asks for a protection');
  });

  it('closes what only development needs, in production and where it is told to', () => {
    const closed = { persistedOperations: { mode: 'only' }, introspection: false };
    expect(readConfig(PRODUCTION)).toMatchObject(closed);
    expect(readConfig({ PERSISTED_OPERATIONS: 'only', INTROSPECTION: 'off' })).toMatchObject(closed);
    const open = { PERSISTED_OPERATIONS: 'off', INTROSPECTION: 'on' };
    expect(readConfig({ ...PRODUCTION, ...open })).toMatchObject({
      persistedOperations: { mode: 'off' },
      introspection: true,
    });
  });

  it.each(['METRONOME_API_TOKEN', 'MAPLE_API_TOKEN', 'MAPLE_COMPANY_ID', 'GATEWAY_API_KEYS'])(
    'needs %s in production',
    (name) => {
      expect(faultyIn({ ...PRODUCTION, [name]: undefined })).toEqual([name]);
      expect(faultyIn({ ...PRODUCTION, [name]: ' ' })).toEqual([name]);
      expect(faultyIn(PRODUCTION)).toEqual([]);
    },
  );

  it('needs the company wherever there is a Maple token', () => {
    expect(faultyIn({ MAPLE_API_TOKEN: 'token' })).toEqual(['MAPLE_COMPANY_ID']);
    expect(faultyIn({ MAPLE_API_TOKEN: 'token', MAPLE_COMPANY_ID: 'cmp_1' })).toEqual([]);
    expect(faultyIn({ METRONOME_API_TOKEN: 'token' })).toEqual([]);
  });

  it.each([
    ['100', 20],
    ['150000', 30_000],
    ['86400000', 30_000],
  ])(
    'keeps customers for a fifth of CACHE_TTL_MS=%s, and for half a minute at most',
    (ttl, customerDataMs) => {
      expect(readConfig({ CACHE_TTL_MS: ttl }).cache).toEqual({ catalogueMs: Number(ttl), customerDataMs });
    },
  );

  it('keeps customers for as long as it is told to, but never longer than the catalogue', () => {
    const cache = { CACHE_TTL_MS: '100', CACHE_CUSTOMER_TTL_MS: '100' };
    expect(readConfig(cache).cache).toEqual({ catalogueMs: 100, customerDataMs: 100 });
    expect(readConfig({ ...cache, CACHE_CUSTOMER_TTL_MS: '0' }).cache.customerDataMs).toBe(0);
    expect(faultyIn({ ...cache, CACHE_CUSTOMER_TTL_MS: '101' })).toEqual(['CACHE_CUSTOMER_TTL_MS']);
    expect(faultyIn({ CACHE_CUSTOMER_TTL_MS: '1' })).toEqual(['CACHE_CUSTOMER_TTL_MS']);
  });

  it.each(['127.0.0.1', '::1', 'localhost', ' localhost '])('is open on the loopback address %j', (host) => {
    expect(faultyIn({ HOST: host })).toEqual([]);
  });

  it.each(['0.0.0.0', '::', '192.0.2.1', 'gateway.example.com', '127.0.0.1.example.com'])(
    'is not open on %s',
    (host) => {
      expect(faultyIn({ HOST: host })).toEqual(['GATEWAY_API_KEYS']);
      expect(faultyIn({ HOST: host, GATEWAY_API_KEYS: ' , ' })).toEqual(['GATEWAY_API_KEYS']);
      expect(faultyIn({ HOST: host, GATEWAY_API_KEYS: `a:read:${HASH}` })).toEqual([]);
    },
  );
});
