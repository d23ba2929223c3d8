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

/** The variables of operation limits. */
export const limitVariables = {
  MAX_DEPTH: wholeNumber(1, 100).default(15),
  MAX_ALIASES: wholeNumber(0, 100_000).default(50),
  MAX_TOKENS: wholeNumber(1, 1_000_000).default(5000),
  MAX_NODES: wholeNumber(1, 100_000_000).default(20_000),
  MAX_UPSTREAM_CALLS: wholeNumber(1, 1_000_000).default(500),
};

const limitEnvironment = z.object(limitVariables);

/** The limits that the variables stand for. */
export function operationLimits(env: z.infer<typeof limitEnvironment>): OperationLimits {
  return {
    maxDepth: env.MAX_DEPTH,
    maxAliases: env.MAX_ALIASES,
    maxTokens: env.MAX_TOKENS,
    costs: { nodes: env.MAX_NODES, upstreamCalls: env.MAX_UPSTREAM_CALLS },
  };
}
