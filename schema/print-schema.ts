import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';

/**
 * The SDL of a schema as it is published: types, fields and arguments in the order of their names.
 * graphql's own printer, because others leave out the default values of a code-first schema.
 */
export function printedSchema(schema: GraphQLSchema): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
