import { describe, expect, it } from 'vitest';
import { mutationErrorOf, type FailedWrite } from '../../../src/domain/mutation/failed-write.ts';
import type { MutationError } from '../../../src/domain/mutation/mutation-error.ts';

const provider = 'MAPLE';

describe('a write that did not succeed', () => {
  it.each<[FailedWrite, Partial<MutationError>]>([
    [
      { kind: 'invalid', field: 'charge.metronome.unitPrice', message: 'Not so.' },
      {
        type: 'InvalidInputError',
        code: 'BAD_USER_INPUT',
        field: 'charge.metronome.unitPrice',
        message: 'Not so.',
      },
    ],
    [{ kind: 'not-found' }, { type: 'NotFoundError', code: 'NOT_FOUND' }],
    [
      { kind: 'refused', status: 404 },
      { type: 'NotFoundError', code: 'NOT_FOUND' },
    ],
    [
      { kind: 'refused', status: 422 },
      { type: 'UpstreamRejectedError', code: 'UPSTREAM_REJECTED', provider, providerStatus: 422 },
    ],
    [
      { kind: 'refused', status: 401 },
      { type: 'UpstreamRejectedError', code: 'UPSTREAM_UNAUTHORIZED', provider, providerStatus: 401 },
    ],
    [
      { kind: 'refused', status: 403 },
      { type: 'UpstreamRejectedError', code: 'UPSTREAM_UNAUTHORIZED', provider, providerStatus: 403 },
    ],
    [
      { kind: 'conflict', reason: 'running' },
      { type: 'IdempotencyConflictError', code: 'IDEMPOTENCY_CONFLICT' },
    ],
    [
      { kind: 'conflict', reason: 'other-input' },
      { type: 'IdempotencyConflictError', code: 'IDEMPOTENCY_CONFLICT' },
    ],
    [
      { kind: 'unavailable', reason: 'upstream' },
      { type: 'UpstreamUnavailableError', code: 'UPSTREAM_UNAVAILABLE', provider },
    ],
    [
      { kind: 'unavailable', reason: 'rate-limited' },
      { type: 'UpstreamUnavailableError', code: 'UPSTREAM_RATE_LIMITED', provider },
    ],
    [
      { kind: 'unavailable', reason: 'records' },
      { type: 'UpstreamUnavailableError', code: 'UPSTREAM_UNAVAILABLE', provider },
    ],
    [
      { kind: 'unavailable', reason: 'lane' },
      { type: 'UpstreamUnavailableError', code: 'UPSTREAM_UNAVAILABLE', provider },
    ],
    [
      { kind: 'unknown' },
      { type: 'OutcomeUnknownError', code: 'OUTCOME_UNKNOWN', provider, idempotencyKey: 'order-7' },
    ],
  ])('(%j) is told as its own error', (outcome, error) => {
    expect(mutationErrorOf(outcome, provider, 'order-7')).toMatchObject(error);
  });

  it('is told in other words for every reason that can be acted on otherwise', () => {
    const outcomes: FailedWrite[] = [
      { kind: 'not-found' },
      { kind: 'refused', status: 422 },
      { kind: 'refused', status: 401 },
      { kind: 'conflict', reason: 'running' },
      { kind: 'conflict', reason: 'other-input' },
      { kind: 'unavailable', reason: 'upstream' },
      { kind: 'unavailable', reason: 'rate-limited' },
      { kind: 'unavailable', reason: 'records' },
      { kind: 'unavailable', reason: 'lane' },
      { kind: 'unknown' },
    ];
    const messages = outcomes.map((outcome) => mutationErrorOf(outcome, provider, 'order-7').message);
    expect(new Set(messages).size).toBe(outcomes.length);
  });
});
