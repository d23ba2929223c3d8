import type { SandboxFault } from '../../src/sandbox/http/sandbox-server.ts';

/** Stands in the bodies of failing upstreams, and must not get any further. */
export const UPSTREAM_CANARY = 'canary-of-an-upstream-body';

const answerWith = (status: number, body: string, headers = {}): SandboxFault => ({
  kind: 'answer',
  status,
  body,
  headers,
});
/** An answer with an error status and a body that must not be repeated. */
export const refusal = (status: number): SandboxFault =>
  answerWith(status, JSON.stringify({ message: UPSTREAM_CANARY, error_message: UPSTREAM_CANARY }));

/** A way in which an upstream fails every request, and what a client sees of it. */
export interface Outage {
  readonly title: string;
  readonly fault: SandboxFault;
  readonly code: string;
  readonly retryable: boolean;
}

/** Every way in which an upstream can fail to answer. */
export const OUTAGES: readonly Outage[] = [
  { title: 'fails with 500', fault: refusal(500), code: 'UPSTREAM_UNAVAILABLE', retryable: true },
  {
    title: 'fails with 503',
    fault: answerWith(503, `<html>${UPSTREAM_CANARY}</html>`),
    code: 'UPSTREAM_UNAVAILABLE',
    retryable: true,
  },
  { title: 'resets connections', fault: { kind: 'reset' }, code: 'UPSTREAM_UNAVAILABLE', retryable: true },
  { title: 'hangs', fault: { kind: 'hang' }, code: 'UPSTREAM_TIMEOUT', retryable: true },
  {
    title: 'refuses the token with 401',
    fault: refusal(401),
    code: 'UPSTREAM_UNAUTHORIZED',
    retryable: false,
  },
  {
    title: 'refuses the token with 403',
    fault: refusal(403),
    code: 'UPSTREAM_UNAUTHORIZED',
    retryable: false,
  },
  { title: 'limits the rate', fault: refusal(429), code: 'UPSTREAM_RATE_LIMITED', retryable: true },
  { title: 'refuses the request with 400', fault: refusal(400), code: 'UPSTREAM_REJECTED', retryable: false },
  {
    title: 'redirects',
    fault: answerWith(302, '', { location: 'https://evil.example.com/' }),
    code: 'UPSTREAM_INVALID_RESPONSE',
    retryable: false,
  },
  {
    title: 'answers with a page',
    fault: answerWith(200, `<html>${UPSTREAM_CANARY}`),
    code: 'UPSTREAM_INVALID_RESPONSE',
    retryable: false,
  },
  {
    title: 'answers with half a body',
    fault: answerWith(200, `{"data":[{"id":"${UPSTREAM_CANARY}"`),
    code: 'UPSTREAM_INVALID_RESPONSE',
    retryable: false,
  },
  {
    title: 'answers with nothing',
    fault: answerWith(200, ''),
    code: 'UPSTREAM_INVALID_RESPONSE',
    retryable: false,
  },
  {
    title: 'leaves required members out',
    fault: answerWith(
      200,
      `{"data":[{"canary":"${UPSTREAM_CANARY}"}],"results":[{"canary":"${UPSTREAM_CANARY}"}],"next_page":null,"pagination":{}}`,
    ),
    code: 'UPSTREAM_INVALID_RESPONSE',
    retryable: false,
  },
];
