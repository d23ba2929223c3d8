import { RecordStoreError, type RecordStore } from '../../src/write/record-store.ts';

/** What befalls a process at one of the steps that it takes in the world outside. */
export interface Mishap {
  /** How many steps go well before. */
  readonly afterSteps: number;
  /** `killed`: nothing of the process goes on. `no records`: the records cannot be used until it is over. */
  readonly kind: 'killed before' | 'killed after' | 'no records';
}

/** A process that can be killed at every step between itself and the world outside. */
export interface ModelProcess {
  readonly isDead: boolean;
  /** Counts from now on; null: all goes well. */
  plan(mishap: Mishap | null): void;
  /** Whether the records have failed since the last plan. */
  readonly hasLostRecords: boolean;
  /** Takes a step that is done at once, or never. */
  step<Result>(action: () => Promise<Result>): Promise<Result>;
  /** The same records, as this process gets at them. */
  open(store: RecordStore): RecordStore;
}

/** A process that lives. */
export function startModelProcess(): ModelProcess {
  let isDead = false;
  let hasLostRecords = false;
  let mishap: Mishap | null = null;
  let stepsLeft = 0;

  /** What befalls the process now. */
  function nextMishap(): Mishap['kind'] | null {
    if (mishap === null || stepsLeft > 0) {
      stepsLeft -= 1;
      return null;
    }
    return mishap.kind;
  }

  async function step<Result>(action: () => Promise<Result>): Promise<Result> {
    const kind = nextMishap();
    if (kind === 'killed before') isDead = true;
    if (isDead) return never();
    const result = await action();
    if (kind === 'killed after') isDead = true;
    return isDead ? never() : result;
  }

  async function recordStep<Result>(action: () => Promise<Result>): Promise<Result> {
    if (!isDead && mishap?.kind === 'no records' && stepsLeft <= 0) {
      hasLostRecords = true;
      throw new RecordStoreError('the test has taken the records away');
    }
    return step(action);
  }

  return {
    get isDead() {
      return isDead;
    },
    get hasLostRecords() {
      return hasLostRecords;
    },
    plan(next) {
      mishap = next;
      stepsLeft = next?.afterSteps ?? 0;
      hasLostRecords = false;
    },
    step,
    open: (store) => ({
      get: (key) => recordStep(() => store.get(key)),
      put: (key, text, options) => recordStep(() => store.put(key, text, options)),
      remove: (key, version) => recordStep(() => store.remove(key, version)),
      close: () => store.close(),
    }),
  };
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}
