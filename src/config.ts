import { join } from 'node:path';
import { z } from 'zod';
import {
  limitVariables,
  operationLimits,
  requestLimits,
  type OperationLimits,
  type RequestLimits,
} from './config-limits.ts';
import { jwtConfig, jwtFaults, jwtVariables, type JwtConfig } from './config-jwt.ts';
import { tracingConfig, tracingVariables, type TracingConfig } from './config-tracing.ts';
import { upstreamLimits, upstreamVariables, type UpstreamLimits } from './config-upstreams.ts';
import { list, origins, redisUrl, text, token, url, wholeNumber } from './config-values.ts';
import { workerFaults, workerVariables } from './config-workers.ts';
import { ROOT_FOLDER } from './root-folder.ts';

/** How this process runs. Durations are in milliseconds, sizes in bytes. */
export interface Config {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  /** How many processes share the port. */
  readonly workers: number;
  readonly metronome: UpstreamConfig;
  readonly maple: UpstreamConfig & {
    readonly companyId: string | null;
    readonly priceUnit: 'minor' | 'major' | 'unknown';
  };
  readonly apiKeys: readonly ApiKey[];
  /** JSON web tokens that are taken beside keys; null: none. */
  readonly jwt: JwtConfig | null;
  /** Seals cursors; the same in all processes that answer for each other. Null: derived from the upstream tokens. */
  readonly cursorKey: string | null;
  /** Redis that keeps the idempotency records, with its credentials. Null: they are in an SQLite file. */
  readonly redisUrl: string | null;
  /** The SQLite file of the idempotency records; null: the default. */
  readonly idempotencyPath: string | null;
  readonly corsOrigins: readonly string[];
  readonly maxBodyBytes: number;
  readonly limits: OperationLimits;
  readonly requestLimits: RequestLimits;
  readonly persistedOperations: {
    readonly mode: 'off' | 'allow' | 'only';
    /** Files of manifests. */
    readonly paths: readonly string[];
  };
  /** Whether clients may ask for the schema, and get suggestions for names that it does not have. */
  readonly introspection: boolean;
  /** How long what was read of an upstream may serve other GraphQL requests. */
  readonly cache: {
    /** Plans, charges, products, units. 0: nothing serves others, customers neither. */
    readonly catalogueMs: number;
    /** Customers and final invoices. */
    readonly customerDataMs: number;
  };
  readonly upstreamTimeoutMs: number;
  readonly upstreamLimits: UpstreamLimits;
  readonly requestTimeoutMs: number;
  /** How long an upstream may still act on a write that it has answered with a failure. */
  readonly writeSettleMs: number;
  readonly logLevel: string;
  /** Where metrics are served to everyone who reaches it. Null: beside the endpoint, to its callers. */
  readonly metricsPort: number | null;
  /** How long a gateway that is to end waits for what it has accepted. */
  readonly drainTimeoutMs: number;
  /** Null: nothing is traced. */
  readonly tracing: TracingConfig | null;
  readonly sandbox: { readonly metronomePort: number; readonly maplePort: number; readonly now: Date | null };
}

/** How to reach one upstream; without a token its sandbox stands in. */
export interface UpstreamConfig {
  readonly url: string;
  readonly token: string | null;
}

/** A client's key, known only by its hash. */
export interface ApiKey {
  readonly name: string;
  readonly role: 'read' | 'write';
  /** SHA-256 of the key. */
  readonly sha256: Buffer;
}

/** Everything that is wrong with the environment, in one message that shows no value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const PRODUCTION = 'production';
const COMMITTED_MANIFEST = join(ROOT_FOLDER, 'schema/persisted-operations.json');
const DEFAULT_HOST = '127.0.0.1';
const LOOPBACK = new Set([DEFAULT_HOST, '::1', 'localhost']);

const port = wholeNumber(0, 65_535);
const durationMs = wholeNumber(1, 600_000);
const cacheMs = wholeNumber(0, 86_400_000);
/** Customers and invoices change behind the gateway's back too, so they serve for less long than the catalogue. */
const CUSTOMER_SHARE = 0.2;
const MAX_DEFAULT_CUSTOMER_MS = 30_000;
/** For clients to take the last answers. */
const DRAIN_MARGIN_MS = 5000;

const environment = z.object({
  NODE_ENV: z.string().optional(),
  HOST: text.default(DEFAULT_HOST),
  PORT: port.default(4000),
  ...workerVariables,
  METRONOME_API_URL: url.default('https://api.metronome.com'),
  METRONOME_API_TOKEN: token.optional(),
  METRONOME_MODEL: z.literal('plans', 'only "plans" is served by this version').default('plans'),
  MAPLE_API_URL: url.default('https://api.maplebilling.com'),
  MAPLE_API_TOKEN: token.optional(),
  MAPLE_COMPANY_ID: z
    .string()
    .regex(/^cmp_[\w-]+$/, 'must start with cmp_')
    .optional(),
  MAPLE_PRICE_UNIT: z.enum(['minor', 'major', 'unknown']).default('unknown'),
  GATEWAY_API_KEYS: z.string().default('').transform(apiKeys),
  ...jwtVariables,
  CURSOR_KEY: z.string().min(16).optional(),
  REDIS_URL: redisUrl.optional(),
  IDEMPOTENCY_PATH: text.optional(),
  CORS_ORIGINS: z.string().default('').transform(origins),
  MAX_BODY_BYTES: wholeNumber(1024, Number.MAX_SAFE_INTEGER).default(1_000_000),
  ...limitVariables,
  PERSISTED_OPERATIONS: z.enum(['off', 'allow', 'only']).optional(),
  PERSISTED_OPERATIONS_PATH: z
    .string()
    .transform(list)
    .refine((paths) => paths.length > 0, 'must name a file')
    .default([COMMITTED_MANIFEST]),
  INTROSPECTION: z.enum(['on', 'off']).optional(),
  CACHE_TTL_MS: cacheMs.default(0),
  CACHE_CUSTOMER_TTL_MS: cacheMs.optional(),
  UPSTREAM_TIMEOUT_MS: durationMs.default(5000),
  ...upstreamVariables,
  REQUEST_TIMEOUT_MS: durationMs.default(15_000),
  WRITE_SETTLE_MS: wholeNumber(0, 600_000).default(2000),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  METRICS_PORT: port.optional(),
  DRAIN_TIMEOUT_MS: durationMs.optional(),
  ...tracingVariables,
  SANDBOX_METRONOME_PORT: port.default(4101),
  SANDBOX_MAPLE_PORT: port.default(4102),
  SANDBOX_NOW: z.iso.datetime({ offset: true }).optional(),
});

type Environment = z.infer<typeof environment>;

/**
 * Reads and validates the environment. A variable that is set but empty counts as not set.
 *
 * @throws ConfigError that names every fault at once and no value
 */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const set = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const parsed = environment.safeParse(set);
  const issues = parsed.success ? [] : parsed.error.issues;
  const faults = [
    ...issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
    ...deploymentFaults(set),
    ...jwtFaults(set),
    ...workerFaults(set),
  ];
  if (!parsed.success || faults.length > 0)
    throw new ConfigError(`The configuration has faults:\n- ${faults.join('\n- ')}`);
  return toConfig(parsed.data);
}

/** What must hold between variables, whether or not each of them is well-formed. */
function deploymentFaults(env: Readonly<Record<string, string | undefined>>): string[] {
  const { NODE_ENV, HOST, GATEWAY_API_KEYS, MAPLE_API_TOKEN, MAPLE_COMPANY_ID } = env;
  const { CACHE_TTL_MS = '0', CACHE_CUSTOMER_TTL_MS } = env;
  const faults: string[] = [];
  const isProduction = NODE_ENV === PRODUCTION;
  const required = isProduction ? ['METRONOME_API_TOKEN', 'MAPLE_API_TOKEN', 'MAPLE_COMPANY_ID'] : [];
  for (const name of required) {
    if (env[name] === undefined) faults.push(`${name}: required with NODE_ENV=production`);
  }
  if (!isProduction && MAPLE_API_TOKEN !== undefined && MAPLE_COMPANY_ID === undefined) {
    faults.push('MAPLE_COMPANY_ID: required together with MAPLE_API_TOKEN');
  }
  if (CACHE_CUSTOMER_TTL_MS !== undefined && Number(CACHE_CUSTOMER_TTL_MS) > Number(CACHE_TTL_MS)) {
    faults.push('CACHE_CUSTOMER_TTL_MS: must not be longer than CACHE_TTL_MS');
  }
  const isOpen = list(GATEWAY_API_KEYS ?? '').length === 0 && env['GATEWAY_JWKS_URL'] === undefined;
  if (isOpen && (isProduction || (HOST !== undefined && !LOOPBACK.has(HOST.trim())))) {
    faults.push(
      'GATEWAY_API_KEYS: required, or GATEWAY_JWKS_URL, in production and wherever HOST is not a loopback address',
    );
  }
  return faults;
}

function toConfig(env: Environment): Config {
  const isProduction = env.NODE_ENV === PRODUCTION;
  return {
    production: isProduction,
    host: env.HOST,
    port: env.PORT,
    workers: env.WORKERS,
    metronome: { url: env.METRONOME_API_URL, token: env.METRONOME_API_TOKEN ?? null },
    maple: {
      url: env.MAPLE_API_URL,
      token: env.MAPLE_API_TOKEN ?? null,
      companyId: env.MAPLE_COMPANY_ID ?? null,
      priceUnit: env.MAPLE_PRICE_UNIT,
    },
    apiKeys: env.GATEWAY_API_KEYS,
    jwt: jwtConfig(env),
    cursorKey: env.CURSOR_KEY ?? null,
    redisUrl: env.REDIS_URL ?? null,
    idempotencyPath: env.IDEMPOTENCY_PATH ?? null,
    corsOrigins: env.CORS_ORIGINS,
    maxBodyBytes: env.MAX_BODY_BYTES,
    limits: operationLimits(env),
    requestLimits: requestLimits(env),
    persistedOperations: {
      mode: env.PERSISTED_OPERATIONS ?? (isProduction ? 'only' : 'allow'),
      paths: env.PERSISTED_OPERATIONS_PATH,
    },
    introspection: (env.INTROSPECTION ?? (isProduction ? 'off' : 'on')) === 'on',
    cache: {
      catalogueMs: env.CACHE_TTL_MS,
      customerDataMs:
        env.CACHE_CUSTOMER_TTL_MS ??
        Math.min(Math.floor(CUSTOMER_SHARE * env.CACHE_TTL_MS), MAX_DEFAULT_CUSTOMER_MS),
    },
    upstreamTimeoutMs: env.UPSTREAM_TIMEOUT_MS,
    upstreamLimits: upstreamLimits(env),
    requestTimeoutMs: env.REQUEST_TIMEOUT_MS,
    writeSettleMs: env.WRITE_SETTLE_MS,
    logLevel: env.LOG_LEVEL,
    metricsPort: env.METRICS_PORT ?? null,
    drainTimeoutMs: env.DRAIN_TIMEOUT_MS ?? env.REQUEST_TIMEOUT_MS + DRAIN_MARGIN_MS,
    tracing: tracingConfig(env),
    sandbox: {
      metronomePort: env.SANDBOX_METRONOME_PORT,
      maplePort: env.SANDBOX_MAPLE_PORT,
      now: env.SANDBOX_NOW === undefined ? null : new Date(env.SANDBOX_NOW),
    },
  };
}

/** Entries of one name are one caller, whose key is being changed. */
function apiKeys(value: string, context: z.RefinementCtx): ApiKey[] {
  const roles = new Map<string, string>();
  return list(value).flatMap((entry, index) => {
    const match = /^([\w.-]+):(read|write):([0-9a-fA-F]{64})$/.exec(entry);
    const [, name, role, sha256] = match ?? [];
    if (name === undefined || role === undefined || sha256 === undefined) {
      context.addIssue({ code: 'custom', message: `entry ${index + 1} must be name:role:sha256-of-key` });
      return [];
    }
    const known = roles.get(name) ?? role;
    roles.set(name, known);
    if (known !== role) {
      context.addIssue({
        code: 'custom',
        message: `entry ${index + 1} needs the role of its name's first entry`,
      });
    }
    return [{ name, role: role === 'write' ? 'write' : 'read', sha256: Buffer.from(sha256, 'hex') }];
  });
}
