import { AsyncLocalStorage } from 'node:async_hooks';
import { OperationTooComplexError } from '../../errors/gateway-error.ts';
import type { UpstreamObserver } from '../../upstream/http/upstream-observer.ts';

/** What one operation may cost. */
export interface CostLimits {
  readonly nodes: number;
  readonly upstreamCalls: number;
}

/** What one operation has cost so far. It ends what would go beyond the limits, whatever was expected of it. */
export class OperationLedger {
  readonly #limits: CostLimits;
  #nodes = 0;
  #upstreamCalls = 0;

  constructor(limits: CostLimits) {
    this.#limits = limits;
  }

  get actual(): CostLimits {
    return { nodes: this.#nodes, upstreamCalls: this.#upstreamCalls };
  }

  /** Whether it may make no more calls. */
  get isSpent(): boolean {
    return this.#upstreamCalls >= this.#limits.upstreamCalls;
  }

  /** @throws OperationTooComplexError for more objects than the answer may have */
  countNodes(count: number): void {
    this.#nodes += count;
    const { nodes } = this.#limits;
    if (this.#nodes > nodes) throw new OperationTooComplexError(`The answer has more than ${nodes} nodes.`);
  }

  /**
   * Notes a call that is about to be sent.
   *
   * @param isWrite whether it belongs to a write, which has to come to an outcome and is never ended half way
   * @throws OperationTooComplexError for one call more than there may be; it is not to be sent then
   */
  countCall(isWrite: boolean): void {
    const { upstreamCalls } = this.#limits;
    if (!isWrite && this.isSpent) {
      throw new OperationTooComplexError(`The operation takes more than ${upstreamCalls} upstream calls.`);
    }
    this.#upstreamCalls += 1;
  }
}

interface Entry {
  readonly ledger: OperationLedger;
  readonly isWrite: boolean;
}

/** Knows for what is under way which operation's ledger it counts in, through everything that is awaited. */
export class OperationLedgers {
  readonly #entries = new AsyncLocalStorage<Entry>();

  /** Counts in this ledger what `work` does, its writes included. */
  run<Result>(ledger: OperationLedger, work: () => Result): Result {
    return this.#entries.run({ ledger, isWrite: false }, work);
  }

  /** Does the work of a write, whose calls are counted in the same ledger. */
  runWrite<Result>(work: () => Result): Result {
    const entry = this.#entries.getStore();
    return entry === undefined ? work() : this.#entries.run({ ...entry, isWrite: true }, work);
  }

  /**
   * Notes an upstream call; one that belongs to no operation is counted nowhere.
   *
   * @throws OperationTooComplexError where it is one too many
   */
  countCall(): void {
    const entry = this.#entries.getStore();
    entry?.ledger.countCall(entry.isWrite);
  }
}

/** The same observer, with every call counted before it is sent; one that is tried again counts once. */
export function countingObserver(observer: UpstreamObserver, ledgers: OperationLedgers): UpstreamObserver {
  return {
    begin(call) {
      if (call.attempt === 1) ledgers.countCall();
      return observer.begin(call);
    },
    batched: (loader, size) => observer.batched(loader, size),
  };
}
