import { processRegularResult, type FetchAPI } from 'graphql-yoga';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { cacheControl, NO_STORE } from '../http-caching/cache-control-header.ts';
import { entityTag, isNamedBy } from '../http-caching/entity-tag.ts';
import { noteErrors } from '../telemetry/use-operation-facts.ts';
import type { FailedAnswer, WholeAnswer } from './query-answer.ts';
import type { DirectHead } from './request-head.ts';
import type { SharedAnswer } from './share-queries.ts';

/** Where an answer goes, and how. */
export interface AnswerPlace {
  readonly head: DirectHead;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** In seconds; null for what may not be kept at all. */
  readonly maxAge: number | null;
}

/** Sends answers with the status and headers that the server would give them. */
export interface AnswerSender {
  send(place: AnswerPlace, shared: SharedAnswer): Promise<void>;
  /** Sends a body with a status of its own. */
  write(
    response: ServerResponse,
    status: number,
    headers: Readonly<Record<string, string>>,
    body: string | Buffer | null,
  ): void;
}

/** @param vary names of request headers that make an answer another */
export function createAnswerSender(names: readonly string[], fetchAPI: FetchAPI): AnswerSender {
  const vary = names.join(', ');

  function write(
    response: ServerResponse,
    status: number,
    headers: Readonly<Record<string, string>>,
    body: string | Buffer | null,
  ): void {
    const length = body === null ? {} : { 'content-length': Buffer.byteLength(body) };
    response.writeHead(status, { ...headers, ...length, vary }).end(body ?? undefined);
  }

  async function sendFailed({ head, response }: AnswerPlace, { result }: FailedAnswer): Promise<void> {
    noteErrors({ errors: result.errors });
    const answered = processRegularResult(result, fetchAPI, head.mediaType);
    const text = await answered.text();
    const headers = { ...Object.fromEntries(answered.headers), 'cache-control': NO_STORE };
    write(response, answered.status, headers, text);
  }

  function sendWhole(
    { head, request, response, maxAge }: AnswerPlace,
    answer: WholeAnswer,
    isShared: boolean,
  ): void {
    const contentType = `${head.mediaType}; charset=utf-8`;
    const body = isShared ? answer.bytes : answer.text;
    if (maxAge === null) {
      write(response, 200, { 'content-type': contentType, 'cache-control': NO_STORE }, body);
      return;
    }
    const etag = entityTag(contentType, answer.text);
    const caching = { 'cache-control': cacheControl(maxAge), etag };
    if (isNamedBy(request.headers['if-none-match'] ?? null, etag)) write(response, 304, caching, null);
    else write(response, 200, { 'content-type': contentType, ...caching }, body);
  }

  return {
    async send(place, { answer, isShared }) {
      if (answer.kind === 'whole') sendWhole(place, answer, isShared);
      else await sendFailed(place, answer);
    },
    write,
  };
}
