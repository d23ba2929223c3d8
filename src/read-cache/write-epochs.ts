/** When each subject was written last, and whether it is just being written. */
export interface WriteEpochs {
  /** Null while one of them is being written. */
  of(subjects: readonly string[]): string | null;
  begin(write: string, subjects: readonly string[], forMs: number): void;
  end(write: string, subjects: readonly string[]): void;
}

interface SubjectState {
  epoch: number;
  /** Until when each write that is under way counts as such. */
  readonly writes: Map<string, number>;
}

/** Beyond that many, all that are not being written are forgotten, which ends everybody's epoch. */
const MAX_SUBJECTS = 10_000;

/**
 * Epochs of this process, none of which comes twice.
 *
 * @param now in milliseconds from any start
 */
export function createWriteEpochs(now: () => number, maxSubjects = MAX_SUBJECTS): WriteEpochs {
  const states = new Map<string, SubjectState>();
  let latest = 0;
  /** That of all subjects without a state. */
  let common = 0;

  function nextEpoch(): number {
    latest += 1;
    return latest;
  }

  function stateOf(subject: string): SubjectState {
    const state = states.get(subject) ?? { epoch: 0, writes: new Map() };
    states.set(subject, state);
    return state;
  }

  function dropEnded(writes: Map<string, number>): void {
    for (const [write, untilMs] of writes) if (untilMs <= now()) writes.delete(write);
  }

  function forgetOthers(): void {
    if (states.size <= maxSubjects) return;
    for (const [subject, { writes }] of states) {
      dropEnded(writes);
      if (writes.size === 0) states.delete(subject);
    }
    common = nextEpoch();
  }

  return {
    of(subjects) {
      const epochs: number[] = [];
      for (const subject of subjects) {
        const state = states.get(subject);
        if (state !== undefined) {
          dropEnded(state.writes);
          if (state.writes.size > 0) return null;
        }
        epochs.push(state?.epoch ?? common);
      }
      return epochs.join();
    },
    begin(write, subjects, forMs) {
      for (const subject of subjects) {
        const state = stateOf(subject);
        state.epoch = nextEpoch();
        state.writes.set(write, now() + forMs);
      }
    },
    end(write, subjects) {
      for (const subject of subjects) {
        const state = stateOf(subject);
        state.epoch = nextEpoch();
        state.writes.delete(write);
      }
      forgetOthers();
    },
  };
}
