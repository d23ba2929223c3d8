import { UpstreamUnavailableError } from '../../src/errors/upstream-error.ts';
import { leastContested } from '../../src/write/least-contested.ts';
import type { Attempt, Baseline, Done, Write } from '../../src/write/write.ts';
import type { ModelProcess } from './model-process.ts';
import type { VirtualClock } from './virtual-clock.ts';
import type { WriteFault } from './write-fault.ts';

/**
 * What is written: a charge that the upstream names, one that it gives no name, the voiding of an invoice, or something
 * with a name that the upstream makes once and refuses from then on.
 */
export type Content = `named ${string}` | `unnamed ${string}` | `void ${string}` | `once ${string}`;

/** A fault with the time after which it takes effect late. */
export interface ModelFault extends WriteFault {
  readonly lateMs: number;
}

/** An effect on the model's books. */
export interface ModelEffect {
  readonly id: string;
  readonly content: Content;
  /** For whom it was sent; the upstream itself does not know. */
  readonly identity: string;
}

/** An upstream in memory, with the rules of both systems for idempotency keys. */
export interface ModelUpstream {
  readonly effects: readonly ModelEffect[];
  /** What befalls the next writes, one each; the others pass. */
  play(faults: readonly ModelFault[]): void;
  /** Whether each of the next reads fails; the others pass. */
  failReads(fails: readonly boolean[]): void;
  write(process: ModelProcess, identity: string, content: Content): Write<string>;
}

const LATENCY_MS = 5;
const TIMEOUT_MS = 500;
/** Both systems keep keys for 24 hours (metronome.md section 1.6, maple.md section 1.4). */
const KEPT_MS = 24 * 3_600_000;

type Attempted = Attempt<Done<string>>;

/** An upstream without any effect. */
export function createModelUpstream(clock: VirtualClock): ModelUpstream {
  const effects: ModelEffect[] = [];
  const kept = new Map<string, { readonly attempt: Attempted; readonly untilMs: number }>();
  let script: readonly ModelFault[] = [];
  let failingReads: readonly boolean[] = [];

  /** Newest first, as both systems list. */
  async function read(content: Content): Promise<string[]> {
    const [fails = false, ...others] = failingReads;
    failingReads = others;
    await clock.sleep(LATENCY_MS);
    if (fails) throw new UpstreamUnavailableError('METRONOME', 'a fault of the test');
    const alike = effects.filter((effect) => effect.content === content);
    return alike.map(({ id }) => id).toReversed();
  }

  function keep(key: string, attempt: Attempted): Attempted {
    kept.set(key, { attempt, untilMs: clock.now() + KEPT_MS });
    return attempt;
  }

  function keptUnder(key: string): Attempted | null {
    const entry = kept.get(key);
    return entry === undefined || entry.untilMs <= clock.now() ? null : entry.attempt;
  }

  /** Takes effect once for a key. */
  function commit(key: string, identity: string, content: Content): Attempted {
    const earlier = keptUnder(key);
    if (earlier !== null) return earlier;
    const isOver = isDoneOnce(content) && effects.some((effect) => effect.content === content);
    if (isOver) return keep(key, { kind: 'refused', status: 400 });
    const id = `effect-${effects.length + 1}`;
    effects.push({ id, content, identity });
    return keep(key, done(content, id));
  }

  async function answer(key: string, identity: string, content: Content): Promise<Attempted> {
    await clock.sleep(LATENCY_MS);
    const failure = keptUnder(`failure of ${key}`);
    if (failure !== null) return failure;
    const [fault, ...others] = script;
    script = others;
    if (fault === undefined) return commit(key, identity, content);
    const attempt = attemptOf(fault.kind);
    if (attempt.kind === 'not-sent') return attempt;
    // What has been done under a key is not refused under it.
    if (attempt.kind === 'refused') return keptUnder(key) ?? attempt;
    if (fault.commit === 'before') commit(key, identity, content);
    if (fault.commit === 'after') clock.after(fault.lateMs, () => commit(key, identity, content));
    if (fault.stored) keep(`failure of ${key}`, isAnswer(attempt) ? attempt : attemptOf('500'));
    if (fault.kind === 'hang') await clock.sleep(TIMEOUT_MS);
    return attempt;
  }

  return {
    effects,
    play(faults) {
      script = faults;
    },
    failReads(fails) {
      failingReads = fails;
    },
    write: (process, identity, content) => ({
      provider: 'METRONOME',
      customerId: 'customer-1',
      operation: 'model',
      request: { content },
      lane: content.startsWith('void') ? null : content,
      survey: () =>
        process.step(async () => ({ kind: 'ready', before: baseline(content, await read(content)) })),
      send: (key) => process.step(() => answer(key, identity, content)),
      find: (before, { claimed, baselines }) =>
        process.step(async () => {
          const found = await read(content);
          if (content.startsWith('void')) return found.length > 0 ? [content] : null;
          if (hasName(content)) {
            const free = newAmong(found, before).filter((id) => !claimed.has(id));
            const [own] = leastContested(free, baselines, newAmong);
            return own === undefined ? null : [own];
          }
          const place = nextPlace(before, claimed);
          return place <= found.length ? [String(place)] : null;
        }),
    }),
  };
}

function isDoneOnce(content: Content): boolean {
  return content.startsWith('void') || content.startsWith('once');
}

function hasName(content: Content): boolean {
  return content.startsWith('named') || content.startsWith('once');
}

function newAmong(ids: readonly string[], before: Baseline): string[] {
  return ids.filter((id) => !before.includes(id));
}

function baseline(content: Content, ids: readonly string[]): Baseline {
  return hasName(content) ? ids : [String(ids.length)];
}

function done(content: Content, id: string): Attempted {
  return {
    kind: 'done',
    answer: {
      result: id,
      effect(before, claimed) {
        if (hasName(content)) return [id];
        return [content.startsWith('void') ? content : String(nextPlace(before ?? [], claimed))];
      },
    },
  };
}

/** Charges without names are told apart by their places alone: the first that was free before and is nobody else's. */
function nextPlace([before = '0']: Baseline, claimed: ReadonlySet<string>): number {
  let place = Number(before) + 1;
  while (claimed.has(String(place))) place += 1;
  return place;
}

function isAnswer(attempt: Attempted): boolean {
  return attempt.kind !== 'unclear' || attempt.answer !== 'none';
}

function attemptOf(kind: WriteFault['kind']): Attempted {
  switch (kind) {
    case 'connection refused':
      return { kind: 'not-sent' };
    case 'reset before the request is read':
    case 'reset after the whole request':
    case 'reset in the middle of the answer':
    case 'hang':
      return { kind: 'unclear', answer: 'none' };
    case '429':
      return { kind: 'rate-limited' };
    case '409':
      return { kind: 'unclear', answer: 'conflict' };
    case '408':
    case '500':
    case '502':
    case '503':
    case '504':
    case 'garbage body':
      return { kind: 'unclear', answer: 'failure' };
    case '400':
    case '404':
    case '422':
      return { kind: 'refused', status: Number(kind) };
  }
}
