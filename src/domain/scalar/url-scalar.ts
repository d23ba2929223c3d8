import { Kind } from 'graphql';
import { builder } from '../../builder.ts';
import { BadUserInputError } from '../../errors/gateway-error.ts';

builder.scalarType('URL', {
  description: 'An absolute URL, as the provider gave it.',
  serialize: (value) => value,
  parseValue: url,
  parseLiteral: (node) => url(node.kind === Kind.STRING ? node.value : undefined),
});

function url(value: unknown): string {
  if (typeof value === 'string' && URL.canParse(value)) return value;
  throw new BadUserInputError('URL must be an absolute URL.');
}
