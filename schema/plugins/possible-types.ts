import { isAbstractType, type GraphQLSchema } from 'graphql';

/**
 * A graphql-codegen plugin: the object types behind each interface and union, by which Apollo Client's cache tells what
 * a fragment on one of them fits. graphql-codegen's own `fragment-matcher` gives the same, but executes an introspection
 * query, which GraphQL.js 17 refuses over a schema with `@defer`.
 */
export function plugin(schema: GraphQLSchema): string {
  const abstractTypes = Object.values(schema.getTypeMap()).filter(isAbstractType);
  const possibleTypes = Object.fromEntries(
    abstractTypes.map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]),
  );
  return `export const possibleTypes: Record<string, string[]> = ${JSON.stringify(possibleTypes, null, 2)};\n`;
}
