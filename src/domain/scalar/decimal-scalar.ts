import { Kind } from 'graphql';
import { builder } from '../../builder.ts';
import { BadUserInputError } from '../../errors/gateway-error.ts';
import { isJsonNumber } from '../../json/json-number.ts';
import { parseDecimal, type Decimal } from '../../money/decimal.ts';

builder.scalarType('Decimal', {
  description:
    'An exact decimal number, rendered as a JSON string: "123.45", "-0.000001". No digit of it is lost to a float. Taken as ' +
    'a string or a number, both digit for digit; where variables do not come as a JSON body (GET), a number must be whole ' +
    'and below 2^53.',
  serialize: (value) => value,
  parseValue(value) {
    if (typeof value === 'string') return decimal(value);
    if (isJsonNumber(value)) return decimal(value.value);
    if (typeof value === 'number' && Number.isSafeInteger(value)) return decimal(String(value));
    throw new BadUserInputError(
      'Decimal must be a string such as "12.34", or a number that nothing has rounded.',
    );
  },
  parseLiteral(node) {
    if (node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT)
      return decimal(node.value);
    throw new BadUserInputError('Decimal must be a string or a number.');
  },
});

function decimal(text: string): Decimal {
  const value = parseDecimal(text);
  if (value === null) throw new BadUserInputError('Decimal must be a decimal number of at most 100 digits.');
  return value;
}
