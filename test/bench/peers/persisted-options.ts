import type { UsePersistedOperationsOptions } from '@graphql-yoga/plugin-persisted-operations';

/** Yoga's persisted operations, asked for as GraphQL over HTTP says. */
export function persistedOptions(
  manifest: Readonly<Record<string, string>>,
): UsePersistedOperationsOptions<object> {
  return {
    allowArbitraryOperations: true,
    extractPersistedOperationId: (params, request) =>
      'documentId' in params && typeof params.documentId === 'string'
        ? params.documentId
        : request.method === 'GET'
          ? new URL(request.url).searchParams.get('documentId')
          : null,
    getPersistedOperation: (id) => manifest[id.replace('sha256:', '')] ?? null,
  };
}
