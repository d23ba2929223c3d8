import type { GraphQLAnswer } from './test-gateway.ts';

/**
 * The errors of an answer in short, in a fixed order: `UPSTREAM_TIMEOUT MAPLE at customers`, with `-` where an error
 * has no provider, and nothing after `at` where it has no path.
 */
export function locatedErrors({ errors = [] }: GraphQLAnswer): string[] {
  return errors
    .map(({ path = [], extensions }) =>
      [extensions?.code ?? 'no code', extensions?.provider ?? '-', 'at', path.join('.')].join(' '),
    )
    .toSorted();
}
