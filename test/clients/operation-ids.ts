import * as generated from '../generated/graphql.ts';

/** The ids of the committed manifest by the names of their operations, as graphql-codegen writes them to its documents. */
export const operationIds: ReadonlyMap<string, string> = new Map(
  Object.entries(generated).flatMap(([name, document]) => {
    const hash: unknown = document instanceof generated.TypedDocumentString && document.__meta__?.['hash'];
    return typeof hash === 'string' ? [[name.replace(/Document$/, ''), hash]] : [];
  }),
);
