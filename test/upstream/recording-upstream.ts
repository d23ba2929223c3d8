import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { stringify } from 'lossless-json';
import { onTestFinished } from 'vitest';
import type { Provider } from '../../src/provider.ts';
import { UpstreamClient } from '../../src/upstream/http/upstream-client.ts';

/** A request with its body as it came. */
export interface RawRequest {
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Of the header `Idempotency-Key`; null where there is none. */
  readonly idempotencyKey: string | null;
  /** Not parsed, so that digits can be looked at. */
  readonly body: string;
}

/** A value answers as JSON with status 200, a number is a failing status. */
type Answers = (request: RawRequest) => object | number;

/** An upstream that a test answers for, over real HTTP; ended with the test. */
export interface RecordingUpstream {
  readonly client: UpstreamClient;
  /** So far. */
  readonly requests: RawRequest[];
  /** Method and path of each request so far. */
  calls(): string[];
}

/** @param answers what each request gets; numbers of its values keep the digits of a LosslessNumber */
export async function startRecordingUpstream(
  provider: Provider,
  answers: Answers,
): Promise<RecordingUpstream> {
  const requests: RawRequest[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://upstream.example.com');
      const key = request.headers['idempotency-key'];
      const raw: RawRequest = {
        method: request.method ?? '',
        path: pathname,
        query: searchParams,
        idempotencyKey: typeof key === 'string' ? key : null,
        body,
      };
      requests.push(raw);
      const answer = answers(raw);
      const status = typeof answer === 'number' ? answer : 200;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(stringify(typeof answer === 'number' ? { message: 'told to' } : answer));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new TypeError('the server listens on no TCP port');
  const baseUrl = `http://127.0.0.1:${address.port}`;
  const client = new UpstreamClient({ provider, baseUrl, token: 'token', timeoutMs: 5000 });
  onTestFinished(async () => {
    await client.close();
    server.close();
  });
  return { client, requests, calls: () => requests.map(({ method, path }) => `${method} ${path}`) };
}

/** Never aborts. */
export const ENDLESS = new AbortController().signal;
