import { GraphQLClient, type RequestMiddleware } from 'graphql-request';
import { operationIds } from '../operation-ids.ts';

interface RequestOptions {
  readonly url: string;
  readonly apiKey?: string;
  /** Whether ids are sent instead of documents. */
  readonly byId?: boolean;
}

/** Takes generated documents, and gives data of their types. */
export function createRequestClient({ url, apiKey, byId = false }: RequestOptions): GraphQLClient {
  return new GraphQLClient(url, {
    headers: apiKey === undefined ? {} : { 'x-api-key': apiKey },
    ...(byId && { requestMiddleware: sendId }),
  });
}

const sendId: RequestMiddleware = (request) => {
  const { operationName = '', variables } = request;
  const documentId = operationIds.get(operationName);
  if (documentId === undefined) throw new Error(`no id for operation ${operationName}`);
  return { ...request, body: JSON.stringify({ documentId, operationName, variables }) };
};
