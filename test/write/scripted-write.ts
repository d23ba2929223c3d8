import type { Attempt, Baseline, Done, Effect, Survey, Write } from '../../src/write/write.ts';

/** What the upstream of a test does, one thing after another. */
export interface WriteScript {
  /** A survey that finds nothing there where it is left out. */
  readonly survey?: Survey | Error;
  /** What the attempts come to; further ones take effect. */
  readonly sends?: readonly Attempt<Done<string>>[];
  /** What the reads after them find; further ones find nothing. */
  readonly finds?: readonly (Effect | null | Error)[];
}

/** One thing that a write asked of its upstream. */
export type UpstreamStep =
  | { readonly kind: 'survey' }
  | { readonly kind: 'send'; readonly key: string }
  | { readonly kind: 'find'; readonly before: Baseline; readonly claimed: readonly string[] };

/** A write whose upstream is a script. */
export interface ScriptedWrite {
  readonly write: Write<string>;
  /** So far, over all calls. */
  readonly steps: UpstreamStep[];
}

/** What the survey of a script finds, and is kept with the record. */
export const BEFORE = ['one', 'two'];

/** What `took` has made. */
export const EFFECT = ['made'];

/** An attempt that took effect, and whose answer says so. */
export const took: Attempt<Done<string>> = {
  kind: 'done',
  answer: { result: 'the answer', effect: () => EFFECT },
};

/** An attempt that may have taken effect. */
export function unclear(answer: 'none' | 'failure' | 'conflict'): Attempt<never> {
  return { kind: 'unclear', answer };
}

/** A write over a script, with some members changed. */
export function scriptWrite(script: WriteScript = {}, changes: Partial<Write<string>> = {}): ScriptedWrite {
  const steps: UpstreamStep[] = [];
  let [sends, finds] = [script.sends ?? [], script.finds ?? []];
  const write: Write<string> = {
    provider: 'METRONOME',
    customerId: 'customer-1',
    operation: 'makeThing',
    request: { thing: 'a thing' },
    lane: 'things',
    survey() {
      steps.push({ kind: 'survey' });
      return given(script.survey ?? { kind: 'ready', before: BEFORE });
    },
    send(key) {
      steps.push({ kind: 'send', key });
      const [attempt = took, ...others] = sends;
      sends = others;
      return Promise.resolve(attempt);
    },
    find(before, { claimed }) {
      steps.push({ kind: 'find', before, claimed: [...claimed] });
      const [found = null, ...others] = finds;
      finds = others;
      return given(found);
    },
    ...changes,
  };
  return { write, steps };
}

function given<Value>(value: Value | Error): Promise<Value> {
  return value instanceof Error ? Promise.reject(value) : Promise.resolve(value);
}
