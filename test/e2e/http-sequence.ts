import * as fc from 'fast-check';
import { COMMITS, FAULT_KINDS, type WriteFault } from '../support/write-fault.ts';
import { WRITE_SUBJECTS } from '../support/write-subjects.ts';

/** A call over HTTP, or a stop and start of the gateway. */
export type HttpStep = HttpCall | { readonly kind: 'restart' };

/** One call of a client, and what happens meanwhile. */
export interface HttpCall {
  readonly kind: 'call';
  /** Place in WRITE_SUBJECTS. */
  readonly subject: number;
  readonly key: string;
  readonly faults: readonly WriteFault[];
  /** Whether each of the next reads of the provider fails. */
  readonly failedReads: readonly boolean[];
  /** Whether the call is made twice at the same time. */
  readonly twice: boolean;
}

// A request that hangs takes its time, and is one more without an answer.
const kinds = FAULT_KINDS.filter((kind) => kind !== 'hang');

const fault: fc.Arbitrary<WriteFault> = fc.record({
  kind: fc.constantFrom(...kinds),
  commit: fc.constantFrom(...COMMITS),
  stored: fc.boolean(),
});

const call: fc.Arbitrary<HttpCall> = fc.record({
  kind: fc.constant('call'),
  subject: fc.nat(WRITE_SUBJECTS.length - 1),
  key: fc.constantFrom('key-1', 'key-2'),
  faults: fc.array(fault, { maxLength: 3 }),
  failedReads: fc.array(fc.boolean(), { maxLength: 3 }),
  twice: fc.boolean(),
});

/** What may happen, in some order. Few subjects and keys, so that they meet. */
export const httpSequences: fc.Arbitrary<HttpStep[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: call },
    { weight: 1, arbitrary: fc.constant({ kind: 'restart' as const }) },
  ),
  { minLength: 2, maxLength: 6 },
);
