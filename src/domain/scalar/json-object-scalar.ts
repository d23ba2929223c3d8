import { Kind, valueFromASTUntyped, type ValueNode } from 'graphql';
import { builder } from '../../builder.ts';
import { BadUserInputError } from '../../errors/gateway-error.ts';
import type { JsonObject, JsonValue } from '../../json/json-object.ts';

builder.scalarType('JSONObject', {
  description:
    'A free-form JSON object. Used for custom fields and metadata only; in answers its numbers keep their digits.',
  serialize: (value) => value,
  parseValue: jsonObject,
  parseLiteral: (node: ValueNode) =>
    jsonObject(node.kind === Kind.OBJECT ? valueFromASTUntyped(node) : undefined),
});

function jsonObject(value: unknown): JsonObject {
  if (!isJsonObject(value)) throw new BadUserInputError('JSONObject must be a JSON object.');
  return value;
}

function isJsonObject(value: unknown): value is JsonObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(isJsonValue)
  );
}

function isJsonValue(value: unknown): value is JsonValue {
  if (value === null || ['string', 'boolean', 'number'].includes(typeof value)) return true;
  return Array.isArray(value) ? value.every(isJsonValue) : isJsonObject(value);
}
