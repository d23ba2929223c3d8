import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { faultyIn, KEY_HASH as HASH, PRODUCTION } from './support/config-faults.ts';

const JWT: Readonly<Record<string, string>> = {
  GATEWAY_JWKS_URL: 'https://issuer.example.com/keys?v=1',
  GATEWAY_JWT_ISSUER: 'https://issuer.example.com/',
  GATEWAY_JWT_AUDIENCE: 'billing',
};

describe('the configuration of a deployment', () => {
  it('takes JSON web tokens with all three of their variables, or with none', () => {
    const names = Object.keys(JWT);
    expect(readConfig(JWT).jwt).toEqual({
      jwksUrl: 'https://issuer.example.com/keys?v=1',
      issuer: 'https://issuer.example.com/',
      audience: 'billing',
    });
    expect(readConfig({}).jwt).toBeNull();
    for (const name of names) {
      expect(faultyIn({ ...JWT, [name]: undefined })).toEqual([name]);
      expect(faultyIn({ [name]: JWT[name] })).toEqual(names.filter((other) => other !== name));
    }
  });

  it.each([
    ['http://localhost:9000/keys', []],
    ['http://127.0.0.2/keys', []],
    ['http://[::1]/keys', []],
    ['http://issuer.example.com/keys', ['GATEWAY_JWKS_URL']],
    ['http://localhost.example.com/keys', ['GATEWAY_JWKS_URL']],
    ['ftp://issuer.example.com/keys', ['GATEWAY_JWKS_URL']],
    ['https://user:word@issuer.example.com/keys', ['GATEWAY_JWKS_URL']],
    ['keys', ['GATEWAY_JWKS_URL']],
  ])('takes the keys of tokens only from where nobody else can change them: %s', (address, faulty) => {
    expect(faultyIn({ ...JWT, GATEWAY_JWKS_URL: address })).toEqual(faulty);
  });

  it('needs no API keys where it takes tokens', () => {
    const { GATEWAY_API_KEYS, ...others } = PRODUCTION;
    expect(GATEWAY_API_KEYS).not.toBe('');
    expect(faultyIn({ ...others, ...JWT })).toEqual([]);
    expect(faultyIn({ HOST: '0.0.0.0', ...JWT })).toEqual([]);
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

  it('starts several processes only where they share records, and where no sandbox stands in', () => {
    const shared = {
      WORKERS: '4',
      REDIS_URL: 'redis://redis.example.com',
      METRONOME_API_TOKEN: 'metronome-token',
      MAPLE_API_TOKEN: 'maple-token',
      MAPLE_COMPANY_ID: 'cmp_1',
    };
    expect(readConfig(shared).workers).toBe(4);
    for (const name of ['REDIS_URL', 'METRONOME_API_TOKEN']) {
      expect(faultyIn({ ...shared, [name]: undefined })).toEqual([name]);
      expect(faultyIn({ ...shared, WORKERS: '1', [name]: undefined })).toEqual([]);
    }
    const { MAPLE_API_TOKEN, MAPLE_COMPANY_ID, ...others } = shared;
    expect(faultyIn(others)).toEqual(['MAPLE_API_TOKEN']);
    expect([MAPLE_API_TOKEN, MAPLE_COMPANY_ID]).not.toContain('');
    for (const count of ['0', '257', '1.5', 'all'])
      expect(faultyIn({ ...shared, WORKERS: count })).toEqual(['WORKERS']);
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
