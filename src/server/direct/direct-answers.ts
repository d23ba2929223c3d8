import type { FetchAPI } from 'graphql-yoga';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '../../domain/caller.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { NO_STORE } from '../http-caching/cache-control-header.ts';
import { noteOperation } from '../telemetry/use-operation-facts.ts';
import { noteErrorCode, notePersistedOperation } from '../telemetry/request-scope.ts';
import type { CallerSlot } from '../use-authentication.ts';
import { directParams } from './direct-params.ts';
import { readyQuery, type ReadyQuery } from './ready-query.ts';
import { readRequestBody, withReadBody } from './request-body.ts';
import { directHead, type DirectHead } from './request-head.ts';
import { createQueryRunner } from './run-query.ts';
import { createRunSlots, inRunSlots } from './run-slots.ts';
import { createAnswerSender } from './send-answer.ts';
import { shareQueries, type SharedAnswer } from './share-queries.ts';

/** Answers a request with everything the server knows; a caller that has been let in already is given with it. */
export type AnswerByServer = (
  request: IncomingMessage,
  response: ServerResponse,
  admitted: CallerSlot,
) => void;

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
  const runQuery = inRunSlots(createQueryRunner(parts), createRunSlots(), parts.now);
  const answerQuery = shareQueries(runQuery, parts);
  const sender = createAnswerSender(parts.vary, fetchAPI);

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
    const answered = query === null ? null : await answerFor(query, caller, response);
    if (response.destroyed) return;
    if (query === null || answered === null) {
      const unread = body === null ? request : withReadBody(request, body);
      answerByServer(unread, response, { caller, isCounted: true });
      return;
    }
    if (query.isPersisted) notePersistedOperation();
    noteOperation(query.execution);
    const maxAge = head.method === 'GET' ? parts.operationMaxAge(query.execution) : null;
    await sender.send({ head, request, response, maxAge }, answered);
  }

  /** Null where nothing has been executed, since the variables do not fit or the client has gone. */
  async function answerFor(
    query: ReadyQuery,
    caller: Caller,
    response: ServerResponse,
  ): Promise<SharedAnswer | null> {
    const left = new AbortController();
    const leave = (): void => left.abort();
    response.once('close', leave);
    try {
      return await answerQuery(query, caller, left.signal);
    } catch (error) {
      if (left.signal.aborted) return null;
      throw error;
    } finally {
      response.off('close', leave);
    }
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
    sender.write(response, 500, headers, JSON.stringify({ errors: [masked] }));
  }

  return (request, response) => {
    const head = directHead(request, parts);
    if (head === null) answerByServer(request, response, {});
    else answer(head, request, response).catch((error: unknown) => answerFault(error, response));
  };
}

function oneOf(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : header?.join(', ');
}
