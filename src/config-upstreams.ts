import { z } from 'zod';
import { wholeNumber } from './config-values.ts';

/** How upstreams are called. */
export interface UpstreamLimits {
  /** Connections to each at once. */
  readonly connections: number;
  /** Reads of each that may wait for one. */
  readonly waiting: number;
  /** How long one that fails nearly every call is left alone; 0: it never is. In milliseconds. */
  readonly breakMs: number;
}

/** The variables of how upstreams are called. */
export const upstreamVariables = {
  UPSTREAM_CONNECTIONS: wholeNumber(1, 10_000).default(64),
  UPSTREAM_QUEUE: wholeNumber(0, 1_000_000).default(10_000),
  UPSTREAM_BREAK_MS: wholeNumber(0, 600_000).default(5000),
};

const upstreamEnvironment = z.object(upstreamVariables);

/** What the variables stand for. */
export function upstreamLimits(env: z.infer<typeof upstreamEnvironment>): UpstreamLimits {
  return {
    connections: env.UPSTREAM_CONNECTIONS,
    waiting: env.UPSTREAM_QUEUE,
    breakMs: env.UPSTREAM_BREAK_MS,
  };
}
