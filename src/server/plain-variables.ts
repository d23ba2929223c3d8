import {
  getNullableType,
  getOperationAST,
  isInputObjectType,
  isInputType,
  isListType,
  isScalarType,
  isSpecifiedScalarType,
  typeFromAST,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { isJsonNumber } from '../json/json-number.ts';

interface Execution {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variableValues?: Readonly<Record<string, unknown>> | null | undefined;
}

/**
 * The variables of an operation, with JsonNumbers only where a scalar of the gateway itself is declared. All other types
 * are GraphQL's own and know no numbers but JavaScript's.
 */
export function plainVariables(execution: Execution): Readonly<Record<string, unknown>> | null | undefined {
  const { schema, document, operationName, variableValues } = execution;
  const operation = getOperationAST(document, operationName);
  if (!operation || !variableValues) return variableValues;
  const types = new Map(
    operation.variableDefinitions?.map(({ variable, type }) => [
      variable.name.value,
      typeFromAST(schema, type),
    ]),
  );
  return mapMembers(variableValues, (name, value) => {
    const type = types.get(name);
    return isInputType(type) ? plainValue(value, type) : value;
  });
}

function plainValue(value: unknown, declared: GraphQLInputType): unknown {
  const type = getNullableType(declared);
  if (isListType(type)) {
    if (!Array.isArray(value)) return plainValue(value, type.ofType);
    const items: readonly unknown[] = value;
    // Texts, as in lists of ids, stay as they are.
    return items.some((item) => typeof item === 'object')
      ? items.map((item) => plainValue(item, type.ofType))
      : items;
  }
  if (isJsonNumber(value)) {
    return isScalarType(type) && !isSpecifiedScalarType(type) ? value : Number(value.value);
  }
  if (!isInputObjectType(type) || typeof value !== 'object' || value === null || Array.isArray(value))
    return value;
  const fields = type.getFields();
  return mapMembers(value, (name, member) => {
    const type = fields[name]?.type;
    return type === undefined ? member : plainValue(member, type);
  });
}

/** Members keep their names, `__proto__` among them. */
function mapMembers(
  object: object,
  change: (name: string, member: unknown) => unknown,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(object).map(([name, member]) => [name, change(name, member)]));
}
