import { Kind } from 'graphql';
import { builder } from '../../builder.ts';
import { BadUserInputError } from '../../errors/gateway-error.ts';
import { parseInstant, type Instant } from '../../time/instant.ts';

builder.scalarType('DateTime', {
  description: 'A point in time as RFC 3339 text. Rendered in UTC, ending in Z; accepted with any offset.',
  serialize: (value) => value,
  parseValue: instant,
  parseLiteral: (node) => instant(node.kind === Kind.STRING ? node.value : undefined),
});

function instant(value: unknown): Instant {
  const parsed = typeof value === 'string' ? parseInstant(value) : null;
  if (parsed === null) {
    throw new BadUserInputError(
      'DateTime must be RFC 3339 text with an offset, such as "2026-06-01T00:00:00Z".',
    );
  }
  return parsed;
}
