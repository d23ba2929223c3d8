import type { GraphQLParams } from 'graphql-yoga';
import { badOperationId } from './operation-errors.ts';
import { comparableId } from './operation-id.ts';

/** How a request names what it wants executed. */
export interface RequestedOperation {
  /** As `comparableId` gives it; null where the request names none. */
  readonly id: string | null;
  /** Whether a document comes with it, of whatever type. */
  readonly hasDocument: boolean;
  /** The parameters without those that only carry an id. */
  readonly params: GraphQLParams;
}

/** `documentId` by GraphQL over HTTP, the other two as Relay's users name it. */
const ID_PARAMETERS = ['documentId', 'doc_id', 'id'] as const;

/**
 * Reads every form of contract.md section 'Endpoints'. In a GET request the ids stand in the address; in a POST they
 * stand in the body alone. A parameter that is null counts as left out, since clients write it so.
 *
 * @throws GraphQLError BAD_USER_INPUT for an id that is no text, for ids that differ, and for a document beside an id,
 * unless the id is Apollo's, which is how a client registers a document: which of the two is meant would be a guess
 */
export function requestedOperation(
  request: Pick<Request, 'method' | 'url'>,
  params: GraphQLParams,
): RequestedOperation {
  const { documentId, doc_id, id, ...rest }: Readonly<Record<string, unknown>> & GraphQLParams = {
    ...params,
  };
  const given =
    request.method === 'GET' ? idsOfAddress(request.url) : [documentId, doc_id, id].filter(isGiven);
  const registered = hashOfExtension(params.extensions);
  const hasDocument = isGiven(params.query) && params.query !== '';
  if (given.length > 0 && hasDocument) {
    throw badOperationId('An operation is sent by its document or by its id, not by both.');
  }
  const ids = [...given, ...registered].map(checkedId);
  const [first = null, ...others] = ids;
  if (others.some((other) => other !== first)) throw badOperationId('The request names several operations.');
  return { id: first, hasDocument, params: rest };
}

function idsOfAddress(url: string): string[] {
  const { searchParams } = new URL(url);
  return ID_PARAMETERS.flatMap((name) => searchParams.getAll(name));
}

/** None or one, not checked yet. */
function hashOfExtension(extensions: unknown): unknown[] {
  if (!isObject(extensions) || !isGiven(extensions['persistedQuery'])) return [];
  const { persistedQuery } = extensions;
  if (!isObject(persistedQuery)) throw badOperationId('extensions.persistedQuery must be an object.');
  const { version = 1, sha256Hash } = persistedQuery;
  if (version !== 1) throw badOperationId('extensions.persistedQuery.version must be 1.');
  return [sha256Hash];
}

function checkedId(id: unknown): string {
  if (typeof id === 'string' && id !== '') return comparableId(id);
  throw badOperationId("A persisted operation's id must be a string that is not empty.");
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
