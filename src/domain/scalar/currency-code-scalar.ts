import { Kind } from 'graphql';
import { builder } from '../../builder.ts';
import { BadUserInputError } from '../../errors/gateway-error.ts';
import { isCurrencyCode, type CurrencyCode } from '../../money/currency.ts';

builder.scalarType('CurrencyCode', {
  description: 'An ISO 4217 currency code in upper case: "USD", "EUR", "JPY".',
  serialize: (value) => value,
  parseValue: currencyCode,
  parseLiteral: (node) => currencyCode(node.kind === Kind.STRING ? node.value : undefined),
});

function currencyCode(value: unknown): CurrencyCode {
  if (typeof value === 'string' && isCurrencyCode(value)) return value;
  throw new BadUserInputError('CurrencyCode must be an ISO 4217 code in upper case, such as "USD".');
}
