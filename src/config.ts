import { z } from 'zod';

/** How this process runs. Durations are in milliseconds, sizes in bytes. */
export interface Config {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  readonly metronome: UpstreamConfig;
  readonly maple: UpstreamConfig & { readonly companyId: string | null; readonly priceUnit: 'minor' | 'major' | 'unknown' };
  readonly apiKeys: readonly ApiKey[];
  /** Seals cursors; the same in all processes that answer for each other. Null: derived from the upstream tokens. */
  readonly cursorKey: string | null;
  readonly corsOrigins: readonly string[];
  readonly maxBodyBytes: number;
  readonly upstreamTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly logLevel: string;
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
const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

const port = z.coerce.number().int().min(0).max(65_535);
const durationMs = z.coerce.number().int().min(1).max(600_000);
const url = z.url({ protocol: /^https?$/ });
const text = z.string().trim().min(1);

const environment = z.object({
  NODE_ENV: z.string().optional(),
  HOST: text.default('127.0.0.1'),
  PORT: port.default(4000),
  METRONOME_API_URL: url.default('https://api.metronome.com'),
  METRONOME_API_TOKEN: text.optional(),
  METRONOME_MODEL: z.literal('plans', 'only "plans" is served by this version').default('plans'),
  MAPLE_API_URL: url.default('https://api.maplebilling.com'),
  MAPLE_API_TOKEN: text.optional(),
  MAPLE_COMPANY_ID: z.string().regex(/^cmp_[\w-]+$/, 'must start with cmp_').optional(),
  MAPLE_PRICE_UNIT: z.enum(['minor', 'major', 'unknown']).default('unknown'),
  GATEWAY_API_KEYS: z.string().default('').transform(apiKeys),
  CURSOR_KEY: z.string().min(16).optional(),
  CORS_ORIGINS: z.string().default('').transform(list),
  MAX_BODY_BYTES: z.coerce.number().int().min(1024).default(1_000_000),
  UPSTREAM_TIMEOUT_MS: durationMs.default(5000),
  REQUEST_TIMEOUT_MS: durationMs.default(15_000),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
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
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const parsed = environment.safeParse(set);
  const faults = parsed.success
    ? deploymentFaults(parsed.data)
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  if (!parsed.success || faults.length > 0) throw new ConfigError(`The configuration has faults:\n- ${faults.join('\n- ')}`);
  return toConfig(parsed.data);
}

/** What must hold between variables. */
function deploymentFaults(env: Environment): string[] {
  const faults: string[] = [];
  const required = env.NODE_ENV === PRODUCTION ? (['METRONOME_API_TOKEN', 'MAPLE_API_TOKEN', 'MAPLE_COMPANY_ID'] as const) : [];
  for (const name of required) {
    if (env[name] === undefined) faults.push(`${name}: required with NODE_ENV=production`);
  }
  if (env.NODE_ENV !== PRODUCTION && env.MAPLE_API_TOKEN !== undefined && env.MAPLE_COMPANY_ID === undefined) {
    faults.push('MAPLE_COMPANY_ID: required together with MAPLE_API_TOKEN');
  }
  if (env.GATEWAY_API_KEYS.length === 0 && (env.NODE_ENV === PRODUCTION || !LOOPBACK.has(env.HOST))) {
    faults.push('GATEWAY_API_KEYS: required in production, and wherever HOST is not a loopback address');
  }
  return faults;
}

function toConfig(env: Environment): Config {
  return {
    production: env.NODE_ENV === PRODUCTION,
    host: env.HOST,
    port: env.PORT,
    metronome: { url: env.METRONOME_API_URL, token: env.METRONOME_API_TOKEN ?? null },
    maple: {
      url: env.MAPLE_API_URL,
      token: env.MAPLE_API_TOKEN ?? null,
      companyId: env.MAPLE_COMPANY_ID ?? null,
      priceUnit: env.MAPLE_PRICE_UNIT,
    },
    apiKeys: env.GATEWAY_API_KEYS,
    cursorKey: env.CURSOR_KEY ?? null,
    corsOrigins: env.CORS_ORIGINS,
    maxBodyBytes: env.MAX_BODY_BYTES,
    upstreamTimeoutMs: env.UPSTREAM_TIMEOUT_MS,
    requestTimeoutMs: env.REQUEST_TIMEOUT_MS,
    logLevel: env.LOG_LEVEL,
    sandbox: {
      metronomePort: env.SANDBOX_METRONOME_PORT,
      maplePort: env.SANDBOX_MAPLE_PORT,
      now: env.SANDBOX_NOW === undefined ? null : new Date(env.SANDBOX_NOW),
    },
  };
}

function list(value: string): string[] {
  return value
    .split(',')
    .map((member) => member.trim())
    .filter((member) => member !== '');
}

function apiKeys(value: string, context: z.RefinementCtx): ApiKey[] {
  return list(value).flatMap((entry, index) => {
    const match = /^([\w.-]+):(read|write):([0-9a-f]{64})$/i.exec(entry);
    const [, name, role, sha256] = match ?? [];
    if (name === undefined || sha256 === undefined) {
      context.addIssue({ code: 'custom', message: `entry ${index + 1} must be name:role:sha256-of-key` });
      return [];
    }
    return [{ name, role: role === 'write' ? 'write' : 'read', sha256: Buffer.from(sha256, 'hex') }];
  });
}
