import {
  getOperationAST,
  OperationTypeNode,
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
} from 'graphql';
import { processRegularResult, type FetchAPI } from 'graphql-yoga';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestedExecution } from '../../execution/query-executor.ts';
import type { Caller } from '../../domain/caller.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { cacheControl, NO_STORE } from '../http-caching/cache-control-header.ts';
import { entityTag, isNamedBy } from '../http-caching/entity-tag.ts';
import { isTooCostly } from '../operation-limits/use-operation-limits.ts';
import { servedOperation } from '../persisted-operations/use-persisted-operations.ts';
import { plainVariables } from '../plain-variables.ts';
import { noteErrors, noteOperation } from '../telemetry/use-operation-facts.ts';
import { noteErrorCode, notePersistedOperation } from '../telemetry/request-scope.ts';
import type { CallerSlot } from '../use-authentication.ts';
import { directParams, type DirectParams } from './direct-params.ts';
import { readRequestBody, withReadBody } from './request-body.ts';
import { directHead, type DirectHead } from './request-head.ts';

/** Answers a request with everything the server knows; a caller that has been let in already is given with it. */
export type AnswerByServer = (
  request: IncomingMessage,
  response: ServerResponse,
  admitted: CallerSlot,
) => void;

/** A query that has passed every check, with what it is executed with. */
interface ReadyQuery {
  readonly execution: RequestedExecution & { readonly schema: GraphQLSchema };
  readonly isPersisted: boolean;
}

/** What is executed gives it, or an error where nothing could be. */
interface Result {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLError[];
}

/**
 * Answers plain queries straight from the request to its response: persisted ones, and free ones whose document has been
 * validated before. Every request that is refused, that is anything but such a query, or that asks for more than its data
 * goes to the server, as if nobody had looked at it. So each rule is here only by what passes it, and is judged by the same
 * functions there and here.
 */
export function createDirectAnswers(
  parts: GatewayParts,
  fetchAPI: FetchAPI,
  answerByServer: AnswerByServer,
): (request: IncomingMessage, response: ServerResponse) => void {
  const { authenticate, callerLimits, maskError } = parts;
  const vary = parts.vary.join(', ');

  async function answer(head: DirectHead, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { headers } = request;
    const identity = await authenticate({
      get: (name) => (name === 'authorization' ? headers.authorization : oneOf(headers[name])) ?? null,
    });
    if (identity.kind !== 'caller') {
      answerByServer(request, response, {});
      return;
    }
    const { caller } = identity;
    const admission = await callerLimits.enter(caller.id);
    if (admission.kind === 'refused') {
      answerByServer(request, response, {});
      return;
    }
    // The client may have gone away meanwhile.
    if (response.closed) {
      admission.leave();
      return;
    }
    response.once('close', admission.leave);
    const body = head.method === 'POST' ? await readRequestBody(request) : null;
    if (head.method === 'POST' && body === null) return;
    const params = directParams(head, body?.toString() ?? '');
    const query = params === null ? null : readyQuery(parts, params);
    const result = query === null ? null : await executed(query, caller, response);
    if (query === null || result === null) {
      answerByServer(body === null ? request : withReadBody(request, body), response, {
        caller,
        isCounted: true,
      });
      return;
    }
    const maxAge = head.method === 'GET' ? parts.operationMaxAge(query.execution) : null;
    if (!response.destroyed) await send(head, result, maxAge, request, response);
  }

  /** Null where nothing has been executed, since the variables do not fit. */
  async function executed(
    { execution, isPersisted }: ReadyQuery,
    caller: Caller,
    response: ServerResponse,
  ): Promise<Result | null> {
    const left = new AbortController();
    const leave = (): void => left.abort();
    response.once('close', leave);
    const context = parts.contextOf(caller, left.signal);
    try {
      const result = await parts.ledgers.run(context.ledger, () =>
        parts.executor.execute({ ...execution, contextValue: context }),
      );
      if (result === null) return null;
      if (isPersisted) notePersistedOperation();
      noteOperation(execution);
      const errors = [...(result.errors ?? []), ...context.reported];
      return errors.length === 0 ? result : { ...result, errors: errors.map(maskError) };
    } catch (error) {
      return { errors: [maskError(error)] };
    } finally {
      response.off('close', leave);
      context.deadline.end();
    }
  }

  async function send(
    { mediaType }: DirectHead,
    result: Result,
    maxAge: number | null,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    if (result.errors !== undefined) {
      noteErrors({ errors: result.errors });
      const answered = processRegularResult(result, fetchAPI, mediaType);
      const text = await answered.text();
      write(
        response,
        answered.status,
        { ...Object.fromEntries(answered.headers), 'cache-control': NO_STORE },
        text,
      );
      return;
    }
    const text = JSON.stringify(result);
    const contentType = `${mediaType}; charset=utf-8`;
    if (maxAge === null) {
      write(response, 200, { 'content-type': contentType, 'cache-control': NO_STORE }, text);
      return;
    }
    const etag = entityTag(contentType, text);
    const caching = { 'cache-control': cacheControl(maxAge), etag };
    if (isNamedBy(request.headers['if-none-match'] ?? null, etag)) write(response, 304, caching, null);
    else write(response, 200, { 'content-type': contentType, ...caching }, text);
  }

  /** As the server answers a fault that is no operation's. */
  function answerFault(error: unknown, response: ServerResponse): void {
    const masked = maskError(error);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    noteErrorCode('INTERNAL_SERVER_ERROR');
    const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': NO_STORE };
    write(response, 500, headers, JSON.stringify({ errors: [masked] }));
  }

  function write(
    response: ServerResponse,
    status: number,
    headers: Readonly<Record<string, string>>,
    text: string | null,
  ): void {
    const length = text === null ? {} : { 'content-length': Buffer.byteLength(text) };
    response.writeHead(status, { ...headers, ...length, vary }).end(text ?? undefined);
  }

  return (request, response) => {
    const head = directHead(request, parts);
    if (head === null) answerByServer(request, response, {});
    else answer(head, request, response).catch((error: unknown) => answerFault(error, response));
  };
}

/** Null for what only the server answers. */
function readyQuery(parts: GatewayParts, params: DirectParams): ReadyQuery | null {
  const served = documentOf(parts, params);
  if (served === null) return null;
  const { operationName } = params;
  const document = parts.wholeDocument(served);
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== OperationTypeNode.QUERY) return null;
  const { schema } = parts;
  const execution = { schema, document, operationName, variableValues: params.variables };
  const variableValues = plainVariables(execution);
  const ready = { ...execution, variableValues };
  return isTooCostly(parts, ready) ? null : { execution: ready, isPersisted: served.isPersisted };
}

function documentOf(
  { persisted: { mode, operations }, documents }: GatewayParts,
  params: DirectParams,
): { readonly document: DocumentNode; readonly isPersisted: boolean } | null {
  const { id, query } = params;
  if (id !== null) {
    const operation = mode === 'off' ? null : servedOperation(operations, params);
    return operation === null ? null : { document: operation.document, isPersisted: true };
  }
  const document = mode === 'only' || query === null ? null : documents.validated(query);
  return document === null ? null : { document, isPersisted: false };
}

function oneOf(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : header?.join(', ');
}
