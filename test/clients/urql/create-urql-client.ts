import { Client, fetchExchange, getOperationName } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { persistedExchange } from '@urql/exchange-persisted';
import type { minifyIntrospectionQuery } from '@urql/introspection';

interface UrqlOptions {
  readonly url: string;
  readonly apiKey?: string;
  /** The gateway's schema, as `@urql/introspection` minifies it. */
  readonly schema: ReturnType<typeof minifyIntrospectionQuery>;
  /** Ids of a manifest by operation name; without them, documents are registered by their hashes. */
  readonly operationIds?: ReadonlyMap<string, string>;
}

/** Sends hashes, queries by GET; keeps every object once, by its id, and the pages of a list as one list. */
export function createUrqlClient({ url, apiKey, schema, operationIds }: UrqlOptions): Client {
  // Objects without an id are kept inside the object that holds them.
  const embedded = schema.__schema.types.filter(
    (type) => type.kind === 'OBJECT' && !type.fields.some(({ name }) => name === 'id'),
  );
  return new Client({
    url,
    fetchOptions: { headers: apiKey === undefined ? {} : { 'x-api-key': apiKey } },
    exchanges: [
      cacheExchange({
        schema,
        keys: Object.fromEntries(embedded.map(({ name }) => [name, () => null])),
        resolvers: {
          Account: { invoices: relayPagination() },
          Query: { customers: relayPagination() },
        },
      }),
      persistedExchange({
        preferGetForPersistedQueries: true,
        enableForMutation: true,
        ...(operationIds && {
          enforcePersistedQueries: true,
          generateHash: (_, document) => Promise.resolve(operationIds.get(getOperationName(document) ?? '')),
        }),
      }),
      fetchExchange,
    ],
  });
}
