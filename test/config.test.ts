import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

const HASH = createHash('sha256').update('a key').digest('hex');
const CANARY = 'canary7f3a';

/** What must be set in production. */
const PRODUCTION = {
  NODE_ENV: 'production',
  METRONOME_API_TOKEN: 'metronome-token',
  MAPLE_API_TOKEN: 'maple-token',
  MAPLE_COMPANY_ID: 'cmp_1',
  GATEWAY_API_KEYS: `reader:read:${HASH}`,
};

function faultsOf(env: Readonly<Record<string, string | undefined>>): string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message.split('\n- ').slice(1);
  }
  return [];
}

/** Names of the variables at fault. */
function faultyIn(env: Readonly<Record<string, string | undefined>>): string[] {
  return faultsOf(env).map((fault) => fault.split(':')[0] ?? '');
}

describe('readConfig', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toEqual({
      production: false,
      host: '127.0.0.1',
      port: 4000,
      metronome: { url: 'https://api.metronome.com', token: null },
      maple: { url: 'https://api.maplebilling.com', token: null, companyId: null, priceUnit: 'unknown' },
      apiKeys: [],
      cursorKey: null,
      corsOrigins: [],
      maxBodyBytes: 1_000_000,
      maxDepth: 15,
      upstreamTimeoutMs: 5000,
      requestTimeoutMs: 15_000,
      logLevel: 'info',
      sandbox: { metronomePort: 4101, maplePort: 4102, now: null },
    });
  });

  it('reads every variable', () => {
    const config = readConfig({
      ...PRODUCTION,
      HOST: '0.0.0.0',
      PORT: ' 8080 ',
      METRONOME_API_URL: 'http://127.0.0.1:4101',
      METRONOME_MODEL: 'plans',
      MAPLE_API_URL: 'https://maple.example.com/root/',
      MAPLE_PRICE_UNIT: 'minor',
      CURSOR_KEY: 'sixteen letters!',
      CORS_ORIGINS: 'https://a.example.com, http://localhost:3000',
      MAX_BODY_BYTES: '2048',
      MAX_DEPTH: '9',
      UPSTREAM_TIMEOUT_MS: '100',
      REQUEST_TIMEOUT_MS: '200',
      LOG_LEVEL: 'debug',
      SANDBOX_METRONOME_PORT: '1',
      SANDBOX_MAPLE_PORT: '2',
      SANDBOX_NOW: '2026-06-01T00:00:00+02:00',
    });
    expect(config).toEqual({
      production: true,
      host: '0.0.0.0',
      port: 8080,
      metronome: { url: 'http://127.0.0.1:4101', token: 'metronome-token' },
      maple: {
        url: 'https://maple.example.com/root/',
        token: 'maple-token',
        companyId: 'cmp_1',
        priceUnit: 'minor',
      },
      apiKeys: [{ name: 'reader', role: 'read', sha256: Buffer.from(HASH, 'hex') }],
      cursorKey: 'sixteen letters!',
      corsOrigins: ['https://a.example.com', 'http://localhost:3000'],
      maxBodyBytes: 2048,
      maxDepth: 9,
      upstreamTimeoutMs: 100,
      requestTimeoutMs: 200,
      logLevel: 'debug',
      sandbox: { metronomePort: 1, maplePort: 2, now: new Date('2026-05-31T22:00:00Z') },
    });
  });

  it('counts a variable that is empty as not set', () => {
    const names = [
      'PORT',
      'HOST',
      'METRONOME_API_TOKEN',
      'MAPLE_COMPANY_ID',
      'GATEWAY_API_KEYS',
      'CORS_ORIGINS',
      'SANDBOX_NOW',
    ];
    expect(readConfig(Object.fromEntries(names.map((name, at) => [name, ' '.repeat(at % 3)])))).toEqual(
      readConfig({}),
    );
  });

  it('ignores what is not its own', () => {
    expect(readConfig({ PATH: '/bin', port: 'x' })).toEqual(readConfig({}));
  });

  it.each([
    ['PORT', ['x', '-1', '65536', '80.5', '0x10', '1e3', '+80', '1 2']],
    [
      'METRONOME_API_URL',
      [
        'x',
        'ftp://host',
        'host:80',
        '//host',
        'https://user:word@host',
        'https://host?a=b',
        'https://host#f',
      ],
    ],
    ['MAPLE_API_URL', ['x', 'file:///etc', 'https://user@host']],
    ['METRONOME_API_TOKEN', ['a b', 'a\nb', 'clé', 'a\u0000b']],
    ['METRONOME_MODEL', ['contracts', 'both', 'PLANS']],
    ['MAPLE_COMPANY_ID', ['company', 'cmp_', 'cmp_a/b', 'cmp_..', '../cmp_a', 'cmp_a?b']],
    ['MAPLE_PRICE_UNIT', ['cents', 'MINOR']],
    [
      'GATEWAY_API_KEYS',
      [
        'x',
        'a:read',
        `a:admin:${HASH}`,
        `a:WRITE:${HASH}`,
        `:read:${HASH}`,
        `a:read:${HASH}0`,
        `a b:read:${HASH}`,
      ],
    ],
    ['CURSOR_KEY', ['short', 'fifteen letters']],
    ['CORS_ORIGINS', ['*', 'example.com', 'https://a.example.com/', 'https://a.example.com/path', 'null']],
    ['MAX_BODY_BYTES', ['0', '1023', '1MB']],
    ['UPSTREAM_TIMEOUT_MS', ['0', '-5', '5s', '600001']],
    ['REQUEST_TIMEOUT_MS', ['0', 'true']],
    ['LOG_LEVEL', ['verbose', 'INFO']],
    ['SANDBOX_METRONOME_PORT', ['x']],
    ['SANDBOX_MAPLE_PORT', ['70000']],
    ['SANDBOX_NOW', ['today', '2026-02-31T00:00:00Z', '2026-06-01', '2026-06-01T00:00:00']],
  ])('names %s when it is at fault', (name, values) => {
    for (const value of values) expect([value, faultyIn({ [name]: value })]).toEqual([value, [name]]);
  });

  it('names every fault at once, those between variables too', () => {
    expect(
      faultyIn({
        NODE_ENV: 'production',
        PORT: 'x',
        LOG_LEVEL: 'x',
        MAPLE_API_URL: 'x',
        MAPLE_API_TOKEN: 'a b',
      }).toSorted(),
    ).toEqual([
      'GATEWAY_API_KEYS',
      'LOG_LEVEL',
      'MAPLE_API_TOKEN',
      'MAPLE_API_URL',
      'MAPLE_COMPANY_ID',
      'METRONOME_API_TOKEN',
      'PORT',
    ]);
  });

  it('names each entry of a list that is at fault', () => {
    const keys = `x,a:read:${HASH},b:admin:${HASH}`;
    expect(faultsOf({ GATEWAY_API_KEYS: keys })).toEqual([
      'GATEWAY_API_KEYS: entry 1 must be name:role:sha256-of-key',
      'GATEWAY_API_KEYS: entry 3 must be name:role:sha256-of-key',
    ]);
  });

  it.each([
    ['PERSISTED_OPERATIONS', 'only'],
    ['INTROSPECTION', 'off'],
    ['GATEWAY_JWKS_URL', 'https://keys.example.com'],
  ])('refuses %s=%s, a protection that this version does not give', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(`${name}: asks for a protection`);
    expect(() => readConfig({ [name]: value, PORT: 'x' })).toThrow(`${name}: asks for a protection`);
  });

  it('accepts what asks for no protection', () => {
    expect(() => readConfig({ PERSISTED_OPERATIONS: 'allow', INTROSPECTION: 'on' })).not.toThrow();
  });

  it('repeats no value', () => {
    const names = [
      'PORT',
      'METRONOME_API_URL',
      'METRONOME_MODEL',
      'MAPLE_API_URL',
      'MAPLE_COMPANY_ID',
      'MAPLE_PRICE_UNIT',
      'GATEWAY_API_KEYS',
      'CORS_ORIGINS',
      'MAX_BODY_BYTES',
      'UPSTREAM_TIMEOUT_MS',
      'REQUEST_TIMEOUT_MS',
      'LOG_LEVEL',
      'SANDBOX_METRONOME_PORT',
      'SANDBOX_MAPLE_PORT',
      'SANDBOX_NOW',
    ];
    const env = Object.fromEntries(names.map((name) => [name, `${CANARY} ${name}`]));
    const faults = faultsOf({
      ...env,
      METRONOME_API_TOKEN: `${CANARY} token`,
      MAPLE_API_TOKEN: `${CANARY}\n`,
      CURSOR_KEY: CANARY,
    });
    expect(new Set(faults.map((fault) => fault.split(':')[0]))).toEqual(
      new Set([...names, 'METRONOME_API_TOKEN', 'CURSOR_KEY']),
    );
    expect(faults.join()).not.toContain(CANARY);
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

  it('reads several keys, and their hashes in either case', () => {
    const { apiKeys } = readConfig({
      GATEWAY_API_KEYS: ` a:read:${HASH} ,, b.c-d_1:write:${HASH.toUpperCase()}`,
    });
    expect(apiKeys).toEqual([
      { name: 'a', role: 'read', sha256: Buffer.from(HASH, 'hex') },
      { name: 'b.c-d_1', role: 'write', sha256: Buffer.from(HASH, 'hex') },
    ]);
  });
});
