import type { CallOutcome } from '../../upstream/http/upstream-observer.ts';

/** Whether a call came to something that somebody should hear of. */
export function isFailedCall(outcome: CallOutcome): boolean {
  return outcome !== 'OK' && outcome !== 'NOT_FOUND' && outcome !== 'CANCELLED';
}
