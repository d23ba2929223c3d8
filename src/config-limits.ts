import { z } from 'zod';
import { wholeNumber } from './config-values.ts';

/** How much one operation may ask for. */
export interface OperationLimits {
  /** How deeply its fields may nest. */
  readonly maxDepth: number;
  readonly maxAliases: number;
  readonly maxTokens: number;
  /** What it may cost at most. */
  readonly costs: { readonly nodes: number; readonly upstreamCalls: number };
}

/** How much is asked of the process. */
export interface RequestLimits {
  /** Of one caller; 0 stands for no limit. */
  readonly caller: { readonly perMinute: number; readonly atOnce: number };
  /** Requests at once, of all callers, those that wait for their turn among them. */
  readonly maxInFlight: number;
}

/** The variables of limits. */
export const limitVariables = {
  MAX_DEPTH: wholeNumber(1, 100).default(15),
  MAX_ALIASES: wholeNumber(0, 100_000).default(50),
  MAX_TOKENS: wholeNumber(1, 1_000_000).default(5000),
  MAX_NODES: wholeNumber(1, 100_000_000).default(20_000),
  MAX_UPSTREAM_CALLS: wholeNumber(1, 1_000_000).default(500),
  RATE_LIMIT_PER_MINUTE: wholeNumber(0, 1_000_000_000).default(600_000),
  CONCURRENCY_LIMIT: wholeNumber(0, 1_000_000).default(1000),
  MAX_IN_FLIGHT: wholeNumber(1, 1_000_000).default(2000),
};

const limitEnvironment = z.object(limitVariables);

type LimitEnvironment = z.infer<typeof limitEnvironment>;

/** The limits of operations that the variables stand for. */
export function operationLimits(env: LimitEnvironment): OperationLimits {
  return {
    maxDepth: env.MAX_DEPTH,
    maxAliases: env.MAX_ALIASES,
    maxTokens: env.MAX_TOKENS,
    costs: { nodes: env.MAX_NODES, upstreamCalls: env.MAX_UPSTREAM_CALLS },
  };
}

/** The limits of requests that the variables stand for. */
export function requestLimits(env: LimitEnvironment): RequestLimits {
  return {
    caller: { perMinute: env.RATE_LIMIT_PER_MINUTE, atOnce: env.CONCURRENCY_LIMIT },
    maxInFlight: env.MAX_IN_FLIGHT,
  };
}
