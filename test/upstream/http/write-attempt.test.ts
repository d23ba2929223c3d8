import { errors } from 'undici';
import { describe, expect, it } from 'vitest';
import { attemptOfError, attemptOfStatus } from '../../../src/upstream/http/write-attempt.ts';

const FAILURE = { kind: 'unclear', answer: 'failure' } as const;
const NO_ANSWER = { kind: 'unclear', answer: 'none' } as const;

/** An error as Node gives it. */
function systemError(code: string, syscall?: string): Error {
  return Object.assign(new Error(code), { code, ...(syscall !== undefined && { syscall }) });
}

describe('the status of an answer to a write', () => {
  it.each([400, 402, 404, 405, 406, 410, 412, 413, 415, 422, 431, 451])('%i is a refusal', (status) => {
    expect(attemptOfStatus(status, false)).toEqual({ kind: 'refused', status });
  });

  it.each([401, 403])("%i refuses the gateway's token", (status) => {
    expect(attemptOfStatus(status, false)).toEqual({ kind: 'unauthorized', status });
  });

  it('409 is a conflict that says nothing sure', () => {
    expect(attemptOfStatus(409, false)).toEqual({ kind: 'unclear', answer: 'conflict' });
  });

  it('429 asks to come back later', () => {
    expect(attemptOfStatus(429, false)).toEqual({ kind: 'rate-limited' });
    expect(attemptOfStatus(429, true)).toEqual({ kind: 'rate-limited' });
  });

  it.each([301, 302, 304, 307, 308, 408, 425, 500, 501, 502, 503, 504, 520, 599])(
    '%i says nothing sure',
    (status) => {
      expect(attemptOfStatus(status, false)).toEqual(FAILURE);
    },
  );

  it.each([302, 400, 401, 403, 404, 409, 422, 500, 503])(
    '%i says nothing sure with a web page, which comes from something in between',
    (status) => {
      expect(attemptOfStatus(status, true)).toEqual(FAILURE);
    },
  );
});

describe('an error of the network', () => {
  const unreachable: readonly (readonly [string, Error])[] = [
    ['a refused connection', systemError('ECONNREFUSED', 'connect')],
    ['an unreachable network', systemError('ENETUNREACH', 'connect')],
    ['a connection that timed out', systemError('ETIMEDOUT', 'connect')],
    ['a connection that took too long', new errors.ConnectTimeoutError()],
    ['an unknown host', systemError('ENOTFOUND', 'getaddrinfo')],
    ['a name service that is away', systemError('EAI_AGAIN', 'getaddrinfo')],
  ];

  it.each(unreachable)('says that nothing was sent: %s', (_, error) => {
    expect(attemptOfError(error)).toEqual({ kind: 'not-sent' });
  });

  it('says that nothing was sent where every address of a name fails so', () => {
    const failures = unreachable.map(([, error]) => error);
    expect(attemptOfError(new AggregateError(failures))).toEqual({ kind: 'not-sent' });
  });

  it.each<[string, unknown]>([
    ['a reset', systemError('ECONNRESET', 'read')],
    ['a broken pipe', systemError('EPIPE', 'write')],
    ['a timeout of the answer', new DOMException('late', 'TimeoutError')],
    ['a connection that the other side closed', new errors.SocketError('other side closed')],
    ['a timeout of the headers', new errors.HeadersTimeoutError()],
    ['something that is no HTTP', new errors.HTTPParserError('not HTTP')],
    ['a reset while a secure connection is made', systemError('ECONNRESET')],
    [
      'several failures, one of them after the connection',
      new AggregateError([systemError('ECONNREFUSED', 'connect'), systemError('ECONNRESET', 'read')]),
    ],
    ['a failure of no kind', new AggregateError([])],
    ['something that is no error', 'gone'],
  ])('says nothing sure: %s', (_, error) => {
    expect(attemptOfError(error)).toEqual(NO_ANSWER);
  });
});
