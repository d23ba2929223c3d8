import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { faultsOf, faultyIn, KEY_HASH as HASH, PRODUCTION } from './support/config-faults.ts';

const CANARY = 'canary7f3a';

describe('readConfig', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toEqual({
      production: false,
      host: '127.0.0.1',
      port: 4000,
      workers: 1,
      metronome: { url: 'https://api.metronome.com', token: null },
      maple: { url: 'https://api.maplebilling.com', token: null, companyId: null, priceUnit: 'unknown' },
      apiKeys: [],
      jwt: null,
      cursorKey: null,
      drainTimeoutMs: 20_000,
      tracing: null,
      metricsPort: null,
      redisUrl: null,
      idempotencyPath: null,
      corsOrigins: [],
      maxBodyBytes: 1_000_000,
      limits: {
        maxDepth: 15,
        maxAliases: 50,
        maxTokens: 5000,
        costs: { nodes: 20_000, upstreamCalls: 500 },
      },
      requestLimits: { caller: { perMinute: 600_000, atOnce: 1000 }, maxInFlight: 2000 },
      persistedOperations: {
        mode: 'allow',
        paths: [expect.stringMatching(/\/schema\/persisted-operations\.json$/)],
      },
      introspection: true,
      cache: { catalogueMs: 0, customerDataMs: 0 },
      upstreamTimeoutMs: 5000,
      upstreamLimits: { connections: 64, waiting: 10_000, breakMs: 5000 },
      requestTimeoutMs: 15_000,
      writeSettleMs: 2000,
      logLevel: 'info',
      sandbox: { metronomePort: 4101, maplePort: 4102, now: null },
    });
  });

  it('reads every variable', () => {
    const config = readConfig({
      ...PRODUCTION,
      HOST: '0.0.0.0',
      PORT: ' 8080 ',
      WORKERS: '3',
      METRONOME_API_URL: 'http://127.0.0.1:4101',
      METRONOME_MODEL: 'plans',
      MAPLE_API_URL: 'https://maple.example.com/root/',
      MAPLE_PRICE_UNIT: 'minor',
      CURSOR_KEY: 'sixteen letters!',
      DRAIN_TIMEOUT_MS: '300',
      METRICS_PORT: '9464',
      REDIS_URL: ' rediss://gateway:word@redis.example.com:6380/3 ',
      IDEMPOTENCY_PATH: ' /var/lib/gateway/records.sqlite ',
      CORS_ORIGINS: 'https://a.example.com, http://localhost:3000',
      MAX_BODY_BYTES: '2048',
      MAX_DEPTH: '9',
      MAX_ALIASES: '7',
      MAX_TOKENS: '600',
      MAX_NODES: '5000',
      MAX_UPSTREAM_CALLS: '40',
      RATE_LIMIT_PER_MINUTE: '90',
      CONCURRENCY_LIMIT: '8',
      MAX_IN_FLIGHT: '70',
      PERSISTED_OPERATIONS: 'allow',
      PERSISTED_OPERATIONS_PATH: 'web.json, apps/phone.json',
      INTROSPECTION: 'on',
      CACHE_TTL_MS: '5000',
      CACHE_CUSTOMER_TTL_MS: '600',
      UPSTREAM_TIMEOUT_MS: '100',
      UPSTREAM_CONNECTIONS: '5',
      UPSTREAM_QUEUE: '6',
      UPSTREAM_BREAK_MS: '0',
      REQUEST_TIMEOUT_MS: '200',
      WRITE_SETTLE_MS: '50',
      LOG_LEVEL: 'debug',
      SANDBOX_METRONOME_PORT: '1',
      SANDBOX_MAPLE_PORT: '2',
      SANDBOX_NOW: '2026-06-01T00:00:00+02:00',
    });
    expect(config).toEqual({
      production: true,
      host: '0.0.0.0',
      port: 8080,
      workers: 3,
      metronome: { url: 'http://127.0.0.1:4101', token: 'metronome-token' },
      maple: {
        url: 'https://maple.example.com/root/',
        token: 'maple-token',
        companyId: 'cmp_1',
        priceUnit: 'minor',
      },
      apiKeys: [{ name: 'reader', role: 'read', sha256: Buffer.from(HASH, 'hex') }],
      jwt: null,
      cursorKey: 'sixteen letters!',
      drainTimeoutMs: 300,
      tracing: null,
      metricsPort: 9464,
      redisUrl: 'rediss://gateway:word@redis.example.com:6380/3',
      idempotencyPath: '/var/lib/gateway/records.sqlite',
      corsOrigins: ['https://a.example.com', 'http://localhost:3000'],
      maxBodyBytes: 2048,
      limits: {
        maxDepth: 9,
        maxAliases: 7,
        maxTokens: 600,
        costs: { nodes: 5000, upstreamCalls: 40 },
      },
      requestLimits: { caller: { perMinute: 90, atOnce: 8 }, maxInFlight: 70 },
      persistedOperations: { mode: 'allow', paths: ['web.json', 'apps/phone.json'] },
      introspection: true,
      cache: { catalogueMs: 5000, customerDataMs: 600 },
      upstreamTimeoutMs: 100,
      upstreamLimits: { connections: 5, waiting: 6, breakMs: 0 },
      requestTimeoutMs: 200,
      writeSettleMs: 50,
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
      'REDIS_URL',
      'IDEMPOTENCY_PATH',
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
    ['REDIS_URL', ['x', 'http://host', 'redis://host/name', 'redis://host?db=1']],
    ['CORS_ORIGINS', ['*', 'example.com', 'https://a.example.com/', 'https://a.example.com/path', 'null']],
    ['MAX_BODY_BYTES', ['0', '1023', '1MB']],
    ['PERSISTED_OPERATIONS', ['on', 'ONLY', 'true']],
    ['PERSISTED_OPERATIONS_PATH', [',', ' , ']],
    ['INTROSPECTION', ['false', 'ON']],
    ['CACHE_TTL_MS', ['-1', '1s', '86400001']],
    ['UPSTREAM_TIMEOUT_MS', ['0', '-5', '5s', '600001']],
    ['UPSTREAM_CONNECTIONS', ['0', '-1', '10001']],
    ['UPSTREAM_QUEUE', ['-1', 'all']],
    ['UPSTREAM_BREAK_MS', ['-1', '600001']],
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

  it('repeats no value', () => {
    const names = [
      'PORT',
      'METRONOME_API_URL',
      'METRONOME_MODEL',
      'MAPLE_API_URL',
      'MAPLE_COMPANY_ID',
      'MAPLE_PRICE_UNIT',
      'GATEWAY_API_KEYS',
      'REDIS_URL',
      'CORS_ORIGINS',
      'MAX_BODY_BYTES',
      'PERSISTED_OPERATIONS',
      'INTROSPECTION',
      'CACHE_TTL_MS',
      'CACHE_CUSTOMER_TTL_MS',
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

  it('reads several keys, and their hashes in either case', () => {
    const { apiKeys } = readConfig({
      GATEWAY_API_KEYS: ` a:read:${HASH} ,, b.c-d_1:write:${HASH.toUpperCase()}`,
    });
    expect(apiKeys).toEqual([
      { name: 'a', role: 'read', sha256: Buffer.from(HASH, 'hex') },
      { name: 'b.c-d_1', role: 'write', sha256: Buffer.from(HASH, 'hex') },
    ]);
  });

  it('takes entries of one name for one caller, whose key is being changed', () => {
    const other = createHash('sha256').update('another key').digest('hex');
    const { apiKeys } = readConfig({ GATEWAY_API_KEYS: `a:write:${HASH},b:read:${HASH},a:write:${other}` });
    expect(apiKeys.map(({ name, role }) => `${name} ${role}`)).toEqual(['a write', 'b read', 'a write']);
  });

  it('refuses two roles under one name', () => {
    expect(faultsOf({ GATEWAY_API_KEYS: `a:write:${HASH},b:read:${HASH},a:read:${HASH}` })).toEqual([
      "GATEWAY_API_KEYS: entry 3 needs the role of its name's first entry",
    ]);
  });
});
