import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client/core';
import { Defer20220824Handler } from '@apollo/client/incremental';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { relayStylePagination } from '@apollo/client/utilities';
import { generatePersistedQueryIdsFromManifest } from '@apollo/persisted-query-lists';
import { possibleTypes } from '../../generated/possible-types.ts';

interface ApolloOptions {
  readonly url: string;
  readonly apiKey?: string;
  /** What `generate-persisted-query-manifest` has written; without it, documents are registered by their hashes. */
  readonly manifest?: { readonly operations: { readonly id: string; readonly name: string }[] };
}

/** Sends hashes, queries by GET; keeps every object once, by its id, and the pages of a list as one list. */
export function createApolloClient({ url, apiKey, manifest }: ApolloOptions): ApolloClient {
  const ids =
    manifest === undefined
      ? { sha256 }
      : generatePersistedQueryIdsFromManifest({ loadManifest: () => manifest });
  const headers: Record<string, string> = apiKey === undefined ? {} : { 'x-api-key': apiKey };
  return new ApolloClient({
    link: new PersistedQueryLink({ ...ids, useGETForHashedQueries: true }).concat(
      new HttpLink({ uri: url, headers }),
    ),
    incrementalHandler: new Defer20220824Handler(),
    cache: new InMemoryCache({
      possibleTypes,
      typePolicies: {
        Account: { fields: { invoices: relayStylePagination(['filter']) } },
        Query: { fields: { customers: relayStylePagination(['filter']) } },
      },
    }),
  });
}

async function sha256(document: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(document));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
