import * as fc from 'fast-check';
import type { Mishap } from '../support/model-process.ts';
import type { Content, ModelFault } from '../support/model-upstream.ts';
import { COMMITS, FAULT_KINDS, REFUSALS, type WriteFault } from '../support/write-fault.ts';

/** A caller's key, and what it is meant for. */
export interface Identity {
  readonly caller: string;
  readonly key: string;
  readonly content: Content;
}

/** One call of a client, and what happens meanwhile. */
export interface CallStep {
  readonly kind: 'call';
  readonly identity: Identity;
  /** Asks for something else under the same key. */
  readonly changed: boolean;
  /** Calls at the same time: with the same key, or for another identity. */
  readonly twin: Identity | null;
  readonly faults: readonly ModelFault[];
  /** Whether each of the next reads fails. */
  readonly failedReads: readonly boolean[];
  readonly mishap: Mishap | null;
}

/** What happens, one thing after another. */
export type SequenceStep =
  | CallStep
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'restart' };

/** How long upstreams of the sequences can take to act on a request that has already failed. */
export const SETTLE_MS = 2000;

/** Charges that look alike under different keys, of one caller and of two; what two keys void, and make once. */
const IDENTITIES: readonly Identity[] = [
  { caller: 'first', key: 'key-1', content: 'named charge' },
  { caller: 'first', key: 'key-2', content: 'named charge' },
  { caller: 'second', key: 'key-1', content: 'unnamed charge' },
  { caller: 'second', key: 'key-2', content: 'unnamed charge' },
  { caller: 'second', key: 'key-3', content: 'named charge' },
  { caller: 'first', key: 'key-3', content: 'void invoice' },
  { caller: 'second', key: 'key-4', content: 'void invoice' },
  { caller: 'first', key: 'key-5', content: 'once invoice' },
  { caller: 'second', key: 'key-5', content: 'once invoice' },
];

const identity = fc.constantFrom(...IDENTITIES);

const refusal: fc.Arbitrary<WriteFault> = fc.record({
  kind: fc.constantFrom(...REFUSALS),
  commit: fc.constant('never' as const),
  stored: fc.constant(false),
});
const failure: fc.Arbitrary<WriteFault> = fc.record({
  kind: fc.constantFrom(...FAULT_KINDS),
  commit: fc.constantFrom(...COMMITS),
  stored: fc.boolean(),
});
const fault: fc.Arbitrary<ModelFault> = fc
  .tuple(
    fc.oneof({ weight: 9, arbitrary: failure }, { weight: 1, arbitrary: refusal }),
    fc.constantFrom(1, 10, 300, 1000, SETTLE_MS - 100),
  )
  .map(([write, lateMs]) => ({ ...write, lateMs }));

const mishap: fc.Arbitrary<Mishap> = fc.record({
  afterSteps: fc.nat(14),
  kind: fc.constantFrom('killed before', 'killed after', 'no records'),
});

const call: fc.Arbitrary<CallStep> = fc.record({
  kind: fc.constant('call'),
  identity,
  changed: mostly(false, fc.constant(true)),
  twin: mostly(null, identity),
  faults: fc.array(fault, { maxLength: 4 }),
  failedReads: mostly([], fc.array(fc.boolean(), { maxLength: 5 })),
  mishap: mostly(null, mishap),
});

/** What may happen, in some order. */
export const sequences: fc.Arbitrary<SequenceStep[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: call },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('wait' as const),
        ms: fc.constantFrom(100, 1000, 5000, 30_000, 25 * 3_600_000),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ kind: 'restart' as const }) },
  ),
  { minLength: 1, maxLength: 7 },
);

function mostly<Value, Other>(value: Value, other: fc.Arbitrary<Other>): fc.Arbitrary<Value | Other> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: other });
}
