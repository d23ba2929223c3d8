import { errors } from 'undici';
import { describe, expect, it } from 'vitest';
import { UpstreamRejectedError } from '../../../src/errors/upstream-error.ts';
import { failureOf } from '../../../src/upstream/http/failure.ts';

const caller = new AbortController().signal;

describe('failureOf', () => {
  it.each([
    ['ECONNREFUSED', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 'UPSTREAM_UNAVAILABLE'],
    [
      'several addresses',
      Object.assign(new AggregateError([], ''), { code: 'ETIMEDOUT' }),
      'UPSTREAM_UNAVAILABLE',
    ],
    ['a closed socket', new errors.SocketError('other side closed'), 'UPSTREAM_UNAVAILABLE'],
    ['a connection that is not made in time', new errors.ConnectTimeoutError('10.0.0.1'), 'UPSTREAM_TIMEOUT'],
    ['a deadline', new DOMException('late', 'TimeoutError'), 'UPSTREAM_TIMEOUT'],
    ['an abort', new DOMException('gone', 'AbortError'), 'UPSTREAM_UNAVAILABLE'],
    ['what is no HTTP', new errors.HTTPParserError('x'), 'UPSTREAM_INVALID_RESPONSE'],
  ])('takes %s for a failure of the upstream', (_what, error, code) => {
    expect(failureOf('MAPLE', error, caller)).toMatchObject({ code, provider: 'MAPLE' });
  });

  it('gives a failure back as it is', () => {
    const failure = new UpstreamRejectedError('MAPLE', 'no', 409);
    expect(failureOf('MAPLE', failure, AbortSignal.abort(failure))).toBe(failure);
  });

  it.each([
    ['a plain error', new Error('oops')],
    ['a wrong type', new TypeError('oops')],
    [
      'a wrong argument of a Node function',
      Object.assign(new TypeError('oops'), { code: 'ERR_INVALID_ARG_TYPE' }),
    ],
    ['a request that cannot be written', new errors.InvalidArgumentError('invalid path')],
    ['something that is no error', 'oops'],
    ['nothing', undefined],
  ])('takes %s for a fault of ours, also after the caller has gone', (_what, error) => {
    expect(failureOf('MAPLE', error, caller)).toBeNull();
    expect(failureOf('MAPLE', error, AbortSignal.abort())).toBeNull();
  });
});
