import { openSqliteStore } from '../../src/record-store/sqlite-store.ts';
import type { WriteNotices } from '../../src/write/write-notices.ts';
import { WriteRunner } from '../../src/write/write-runner.ts';
import type { WriteOutcome } from '../../src/write/write.ts';
import { startModelProcess, type ModelProcess } from '../support/model-process.ts';
import { createModelUpstream, type Content } from '../support/model-upstream.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';
import { SETTLE_MS, type CallStep, type Identity, type SequenceStep } from './write-sequence.ts';

type Outcome = WriteOutcome<string>;

/** What is wrong with how a sequence of calls came out; empty when nothing is. */
export async function problemsOf(steps: readonly SequenceStep[]): Promise<string[]> {
  const play = new SequencePlay();
  try {
    for (const step of steps) await play.take(step);
    await play.finish();
    return play.problems;
  } finally {
    await play.close();
  }
}

const CALL_MS = 3000;
/** A killed process holds its records for as long as its call could have taken. */
const LEASE_MS = CALL_MS + 2000;
/** How often a patient client calls until it gives up. */
const PATIENCE = 12;

const NOBODY_TO_TELL: WriteNotices = { begin: () => Promise.resolve({ end: () => Promise.resolve() }) };

class SequencePlay {
  readonly problems: string[] = [];
  readonly #clock = createVirtualClock();
  readonly #upstream = createModelUpstream(this.#clock);
  readonly #store = openSqliteStore(':memory:', this.#clock.now);
  /** The last outcome of an identity that nothing may change any more. */
  readonly #final = new Map<Identity, string>();
  /** What an identity's key stands for, as soon as an answer has told. */
  readonly #bound = new Map<Identity, Content>();
  /** What each key was called with. */
  readonly #asked = new Map<Identity, Set<Content>>();
  #process: ModelProcess = startModelProcess();
  #runner = this.#start();
  #hasTwin = false;
  /** Until when a call that was cut off can still hold records. */
  #heldUntilMs = 0;

  #start(): WriteRunner {
    return new WriteRunner({
      store: this.#process.open(this.#store),
      account: 'test',
      clock: this.#clock,
      settleMs: SETTLE_MS,
      notices: NOBODY_TO_TELL,
    });
  }

  async take(step: SequenceStep): Promise<void> {
    switch (step.kind) {
      case 'wait':
        return this.#clock.pass(step.ms);
      case 'restart':
        return this.#restart();
      case 'call':
        return this.#call(step);
    }
  }

  /** Every client calls until it knows. */
  async finish(): Promise<void> {
    this.#restart();
    await this.#clock.pass(LEASE_MS);
    let open = [...this.#asked].flatMap(([identity, contents]) =>
      [...contents].map((content) => ({ identity, content })),
    );
    for (let round = 0; round < PATIENCE && open.length > 0; round += 1) {
      const left: typeof open = [];
      for (const client of open) if (!(await this.#callAgain(client))) left.push(client);
      open = left;
      await this.#clock.pass(500);
    }
    for (const { identity } of open) this.#report(`${nameOf(identity)} comes to no end`);
    await this.#clock.pass(SETTLE_MS);
    for (const content of new Set(this.#bound.values())) this.#checkBooks(content);
  }

  close(): Promise<void> {
    return this.#store.close();
  }

  /** Whether that told the client how its write came out, or that it is not the write that the key stands for. */
  async #callAgain({ identity, content }: { identity: Identity; content: Content }): Promise<boolean> {
    const outcome = await this.#clock.until(this.#run(identity, content));
    if (outcome === null) throw new Error('a call without any fault does not end');
    if (outcome.kind === 'conflict') return outcome.reason === 'other-input';
    return outcome.kind === 'succeeded' || outcome.kind === 'refused';
  }

  async #call({ identity, changed, twin, faults, failedReads, mishap }: CallStep): Promise<void> {
    this.#upstream.play(faults);
    this.#upstream.failReads(failedReads);
    this.#process.plan(mishap);
    const content: Content = changed ? `named other of ${identity.key}` : identity.content;
    const first = this.#run(identity, content);
    const second = twin === null ? null : this.#run(twin, twin.content);
    this.#hasTwin = twin !== null;
    await this.#clock.until(first);
    if (second !== null) await this.#clock.until(second);
    this.#upstream.play([]);
    this.#upstream.failReads([]);
    this.#hasTwin = false;
    // A record that could not be put back stays with the call for as long as that could have taken.
    if (this.#process.isDead || this.#process.hasLostRecords)
      this.#heldUntilMs = this.#clock.now() + LEASE_MS;
    if (this.#process.isDead) this.#restart();
    else this.#process.plan(null);
  }

  /** Looks at the outcome as soon as it is there. */
  async #run(identity: Identity, content: Content): Promise<Outcome> {
    this.#asked.set(identity, (this.#asked.get(identity) ?? new Set()).add(content));
    const write = this.#upstream.write(this.#process, nameOf(identity), content);
    const { caller, key } = identity;
    const endsAtMs = this.#clock.now() + CALL_MS;
    const outcome = await this.#runner.run(write, { caller, idempotencyKey: key, endsAtMs });
    this.#check(identity, content, outcome);
    return outcome;
  }

  #restart(): void {
    this.#process = startModelProcess();
    this.#runner = this.#start();
  }

  #check(identity: Identity, content: Content, outcome: Outcome): void {
    const own = this.#upstream.effects.filter((effect) => effect.identity === nameOf(identity));
    const bound = this.#bound.get(identity);
    if (outcome.kind === 'conflict') {
      const isHeld = this.#hasTwin || this.#clock.now() < this.#heldUntilMs;
      if (outcome.reason === 'other-input' ? bound === content : !isHeld)
        this.#report(`${nameOf(identity)} is a conflict: ${outcome.reason}`);
      return;
    }
    const isBlind = this.#process.hasLostRecords && outcome.kind === 'unknown';
    if (bound !== undefined && bound !== content && !isBlind)
      return this.#report(`${nameOf(identity)} takes another input for its own: ${outcome.kind}`);
    if (!this.#process.hasLostRecords) this.#bound.set(identity, content);
    if (outcome.kind === 'unavailable' && own.length > 0)
      this.#report(`${nameOf(identity)} is unavailable (${outcome.reason}), and has taken effect`);
    this.#checkFinal(identity, outcome);
  }

  #checkFinal(identity: Identity, outcome: Outcome): void {
    const text = JSON.stringify(
      outcome.kind === 'succeeded' ? { kind: outcome.kind, effect: outcome.effect } : outcome,
    );
    const final = this.#final.get(identity);
    const isRecordsLost = this.#process.hasLostRecords;
    if (final !== undefined && final !== text && !isRecordsLost)
      return this.#report(`${nameOf(identity)} was ${final}, and is ${text}`);
    if ((outcome.kind === 'succeeded' || outcome.kind === 'refused') && !isRecordsLost)
      this.#final.set(identity, text);
  }

  /** As many effects as there are keys that ended in success; for an invoice, that it is void if any did. */
  #checkBooks(content: Content): void {
    const users = [...this.#bound].filter(([, bound]) => bound === content).map(([identity]) => identity);
    const successes = users.filter((user) => this.#final.get(user)?.includes('succeeded')).length;
    const effects = this.#upstream.effects.filter((effect) => effect.content === content).length;
    const expected = content.startsWith('void') ? Math.min(1, successes) : successes;
    if (effects !== expected) this.#report(`${content}: ${effects} effects, ${successes} successes`);
  }

  #report(problem: string): void {
    this.problems.push(problem);
  }
}

function nameOf({ caller, key }: Identity): string {
  return `${key} of ${caller}`;
}
