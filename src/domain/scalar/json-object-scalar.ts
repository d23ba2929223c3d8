import { Kind, type ValueNode } from 'graphql';
import { builder } from '../../builder.ts';
import { BadUserInputError } from '../../errors/gateway-error.ts';
import { isJsonNumber } from '../../json/json-number.ts';
import type { JsonObject, JsonValue } from '../../json/json-object.ts';
import { rawJsonNumber } from '../../json/raw-json-number.ts';

/** What reads such an object recurses: a deeper one could exhaust its stack. */
const MAX_DEPTH = 100;

builder.scalarType('JSONObject', {
  description:
    'A free-form JSON object, at most 100 levels deep. Used for custom fields and metadata only. Its numbers keep their ' +
    'digits, in answers and in input. A literal may hold variables; one of type Float is a float.',
  serialize: (value) => value,
  parseValue: (value) => objectOf(value, 1),
  parseLiteral: (node: ValueNode, variables: Variables) => objectOf(literalValue(node, variables, 1), 1),
});

/** Coerced values of variables; undefined while a document is validated. */
type Variables = Readonly<Record<string, unknown>> | null | undefined;

/** @param depth how many levels of objects and lists there are, this one included */
function objectOf(value: unknown, depth: number): JsonObject {
  checkDepth(depth);
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject || isJsonNumber(value) || JSON.isRawJSON(value)) {
    throw new BadUserInputError('JSONObject must be a JSON object.');
  }
  // An entry becomes a member of its own even where it is called __proto__.
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, valueOf(member, depth + 1)]));
}

function valueOf(value: unknown, depth: number): JsonValue {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (JSON.isRawJSON(value)) return value;
  if (isJsonNumber(value)) return rawJsonNumber(value);
  // A variable of type Int or Float.
  if (typeof value === 'number') return JSON.rawJSON(String(value));
  if (!Array.isArray(value)) return objectOf(value, depth);
  checkDepth(depth);
  return value.map((item) => valueOf(item, depth + 1));
}

/** What a literal stands for; undefined for a variable without a value. */
function literalValue(node: ValueNode, variables: Variables, depth: number): unknown {
  switch (node.kind) {
    case Kind.NULL:
      return null;
    case Kind.STRING:
    case Kind.BOOLEAN:
    case Kind.ENUM:
      return node.value;
    case Kind.INT:
    case Kind.FLOAT:
      return JSON.rawJSON(node.value);
    case Kind.LIST:
      checkDepth(depth);
      return node.values.map((item) => literalValue(item, variables, depth + 1) ?? null);
    case Kind.OBJECT:
      checkDepth(depth);
      return Object.fromEntries(
        node.fields
          .map(({ name, value }) => [name.value, literalValue(value, variables, depth + 1)] as const)
          .filter(([, value]) => value !== undefined),
      );
    case Kind.VARIABLE:
      return variables && Object.hasOwn(variables, node.name.value) ? variables[node.name.value] : undefined;
  }
}

function checkDepth(depth: number): void {
  if (depth > MAX_DEPTH) throw new BadUserInputError('JSONObject must be at most 100 levels deep.');
}
