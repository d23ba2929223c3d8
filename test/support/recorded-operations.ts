import type { Plugin } from 'graphql-yoga';
import { z } from 'zod';

/** What clients have asked a gateway for, as `GET InvoiceList by id` or `POST InvoiceList by id with document`. */
export interface RecordedOperations {
  /** In the order in which the requests came. */
  readonly operations: string[];
  /** To be given to the gateway. */
  readonly plugin: Plugin;
}

const parameters = z.object({
  operationName: z.string().default('-'),
  query: z.string().optional(),
  documentId: z.string().optional(),
  doc_id: z.string().optional(),
  extensions: z.unknown().optional(),
});

/** Records the requests of clients that send `operationName`; of others, `-` in its place. */
export function recordOperations(): RecordedOperations {
  const operations: string[] = [];
  return {
    operations,
    plugin: {
      async onRequest({ request }) {
        const { method } = request;
        const sent: unknown =
          method === 'GET'
            ? Object.fromEntries(new URL(request.url).searchParams)
            : JSON.parse(await request.clone().text());
        operations.push(`${method} ${summary(parameters.parse(sent))}`);
      },
    },
  };
}

function summary({
  operationName,
  query,
  documentId,
  doc_id,
  extensions,
}: z.infer<typeof parameters>): string {
  // In an address the extensions are text.
  const hasHash = JSON.stringify(extensions ?? null).includes('sha256Hash');
  const isById = hasHash || documentId !== undefined || doc_id !== undefined;
  return `${operationName}${isById ? ' by id' : ''}${query === undefined ? '' : ' with document'}`;
}
