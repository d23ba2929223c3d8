import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { graphqlRequest, type Target } from './target.ts';

/** The key that the bench sends; no secret. */
export const API_KEY = 'bench-key-of-no-secret';
const packageFile = z.object({ scripts: z.object({ start: z.string() }) });
/** The folder of this checkout. */
export const CHECKOUT = join(import.meta.dirname, '../../..');

/** The gateway of this checkout. */
export const gateway: Target = gatewayIn('gateway', CHECKOUT);

/** The gateway of a checkout, started as `npm start` does, set up as in production, but that it takes free documents too. */
export function gatewayIn(name: string, root: string): Target {
  return {
    name,
    title: `the gateway in ${root === CHECKOUT ? 'this checkout' : 'another checkout'}`,
    launch: ({ upstreams: { metronome, maple }, port, folder, manifestPath }) => ({
      args: nodeArguments(root),
      env: {
        NODE_ENV: 'production',
        MALLOC_ARENA_MAX: '2',
        MALLOC_MMAP_THRESHOLD_: '131072',
        MALLOC_TRIM_THRESHOLD_: '131072',
        PORT: String(port),
        METRONOME_API_URL: metronome.url,
        METRONOME_API_TOKEN: metronome.token,
        MAPLE_API_URL: maple.url,
        MAPLE_API_TOKEN: maple.token,
        MAPLE_COMPANY_ID: maple.companyId,
        GATEWAY_API_KEYS: `bench:read:${hash('sha256', API_KEY, 'hex')}`,
        PERSISTED_OPERATIONS: 'allow',
        PERSISTED_OPERATIONS_PATH: manifestPath,
        // As many as the floor and the peers have.
        UPSTREAM_CONNECTIONS: '128',
        IDEMPOTENCY_PATH: join(folder, `idempotency-${port}.sqlite`),
        // One caller sends everything here: counted, and never refused.
        RATE_LIMIT_PER_MINUTE: '1000000000',
      },
    }),
    request: (form, workload, variables) =>
      graphqlRequest(form, workload, variables, { authorization: `Bearer ${API_KEY}` }),
  };
}

/** Those of the start script, which stand behind the name of node. */
function nodeArguments(root: string): string[] {
  const { scripts } = packageFile.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  const words = scripts.start.split(' ');
  const args = words.slice(words.indexOf('node') + 1);
  return args.map((arg) => (arg.startsWith('-') ? arg : join(root, arg)));
}
