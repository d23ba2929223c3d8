import {
  UpstreamError,
  UpstreamRateLimitedError,
  UpstreamUnauthorizedError,
} from '../errors/upstream-error.ts';
import { RecordLostError, type HeldRecord } from './held-record.ts';
import { answered, keyStep, withAttempt, type ReadBack } from './key-step.ts';
import type { HeldLane } from './lane.ts';
import { RecordStoreError } from './record-store.ts';
import type { WriteClock } from './write-clock.ts';
import { upstreamKey, type CallerKey } from './write-keys.ts';
import type { WriteNotices } from './write-notices.ts';
import { unsentGeneration, type OpenRecord } from './write-record.ts';
import type { Attempt, Done, Effect, Write, WriteOutcome } from './write.ts';

/** What one call works with. */
export interface WriteSessionOptions<Result> {
  readonly write: Write<Result>;
  readonly held: HeldRecord;
  readonly lane: HeldLane;
  readonly notices: WriteNotices;
  readonly callerKey: CallerKey;
  readonly clock: WriteClock;
  readonly settleMs: number;
  readonly endsAtMs: number;
  readonly signal: AbortSignal;
}

/** How often one call sends at most: twice under one key, and once more under a fresh one. */
const MAX_SENDS = 3;
const PAUSE_MS = 200;
/** With less time left, another attempt would only be cut off. */
const MIN_ATTEMPT_MS = 250;

/**
 * One call's way from an open record to an outcome. Before every attempt the record says that it is going to be made;
 * after every attempt that came to nothing sure, the upstream's state is read back before anything else is sent.
 */
export class WriteSession<Result> {
  readonly #options: WriteSessionOptions<Result>;

  constructor(options: WriteSessionOptions<Result>) {
    this.#options = options;
  }

  /** Never throws for what the upstream, the network or the store do. */
  async run(): Promise<WriteOutcome<Result>> {
    try {
      const { write, notices, clock, endsAtMs } = this.#options;
      const notice = await notices.begin(write, Math.max(0, endsAtMs - clock.now()));
      const outcome = await (this.#record.doubtAtMs === null ? this.#begin() : this.#resume());
      if (outcome.kind !== 'unknown') await notice.end();
      return outcome;
    } catch (error) {
      if (error instanceof RecordLostError) return this.#leave({ kind: 'conflict', reason: 'running' });
      if (error instanceof RecordStoreError) return this.#leave(this.#unsent('records'));
      await this.#leave({ kind: 'unknown' });
      throw error;
    }
  }

  /** No attempt can have taken effect yet. */
  async #begin(): Promise<WriteOutcome<Result>> {
    const { write, held, lane, signal, clock } = this.#options;
    const atMs = clock.now();
    try {
      const survey = await write.survey(signal);
      if (survey.kind === 'ready') {
        return await this.#sendFrom({ ...this.#record, before: survey.before }, { kind: 'none', atMs });
      }
      await lane.leave({ effect: [], isInDoubt: false });
      await held.forget();
      return survey;
    } catch (error) {
      if (error instanceof UpstreamUnauthorizedError && this.#record.doubtAtMs === null)
        return this.#leave({ kind: 'refused', status: error.status });
      if (error instanceof UpstreamRateLimitedError) return this.#leave(this.#unsent('rate-limited'));
      if (error instanceof UpstreamError) return this.#leave(this.#unsent('upstream'));
      throw error;
    }
  }

  async #resume(): Promise<WriteOutcome<Result>> {
    return this.#sendFrom(this.#record, await this.#readBack());
  }

  async #sendFrom(first: OpenRecord, readBack: ReadBack): Promise<WriteOutcome<Result>> {
    const { write, held, callerKey, clock, settleMs, signal } = this.#options;
    let record = first;
    let back = readBack;
    let sends = 0;
    for (;;) {
      const step = keyStep(record, back, clock.now(), settleMs);
      if (step.kind === 'claim') return this.#succeed(step.effect, null);
      if (step.kind === 'refuse') return this.#refuse(step.status);
      const waitMs = step.kind === 'wait' ? Math.max(0, step.untilMs - clock.now()) : 0;
      if (step.kind === 'stop' || sends === MAX_SENDS) return this.#leave({ kind: 'unknown' }, record);
      if (!this.#hasTimeFor(waitMs)) return this.#leave(this.#unsent('time'), record);
      if (step.kind === 'wait') {
        await clock.sleep(waitMs);
        back = await this.#readBack();
        continue;
      }
      const wasInDoubt = step.record.doubtAtMs !== null;
      const nowMs = clock.now();
      await held.save({ ...step.record, sentAtMs: step.record.sentAtMs ?? nowMs, doubtAtMs: nowMs });
      const attempt = await write.send(upstreamKey(callerKey, this.#record.generation), signal);
      sends += 1;
      const outcome = await this.#conclude(attempt, wasInDoubt);
      if (outcome !== null) return outcome;

      record = withAttempt({ ...this.#record, doubtAtMs: step.record.doubtAtMs }, attempt, clock.now());
      const goesOn = attempt.kind === 'unclear' && sends < MAX_SENDS && this.#hasTimeFor(PAUSE_MS);
      if (goesOn) await clock.sleep(PAUSE_MS);
      back = await this.#readBack();
      if (goesOn) continue;
      return this.#leaveInDoubt(attempt, wasInDoubt, record, back);
    }
  }

  /** Whether there is time for another attempt after a pause. */
  #hasTimeFor(pauseMs: number): boolean {
    const { clock, endsAtMs } = this.#options;
    return clock.now() + pauseMs + MIN_ATTEMPT_MS <= endsAtMs;
  }

  /** The outcome, where the attempt alone decides it. */
  async #conclude(attempt: Attempt<Done<Result>>, wasInDoubt: boolean): Promise<WriteOutcome<Result> | null> {
    const record = this.#record;
    switch (attempt.kind) {
      case 'done':
        return this.#succeedByAnswer(attempt.answer);
      case 'refused':
        return wasInDoubt ? null : this.#refuse(attempt.status);
      case 'not-sent':
        if (wasInDoubt) return this.#leave({ kind: 'unknown' });
        return this.#leave({ kind: 'unavailable', reason: 'upstream' }, { ...record, doubtAtMs: null });
      case 'unauthorized':
        if (wasInDoubt) return null;
        // It says nothing of the write, so it is not final; but the upstream may repeat it under this key.
        return this.#leave(
          { kind: 'refused', status: attempt.status },
          { ...record, doubtAtMs: null, ...unsentGeneration(record.generation + 1) },
        );
      case 'rate-limited':
      case 'unclear':
        return null;
    }
  }

  /** The attempt tells of no effect, and this call tries no more. */
  #leaveInDoubt(
    attempt: Attempt<unknown>,
    wasInDoubt: boolean,
    record: OpenRecord,
    back: ReadBack,
  ): Promise<WriteOutcome<Result>> {
    const { clock, settleMs } = this.#options;
    const step = keyStep(record, back, clock.now(), settleMs);
    if (step.kind === 'claim') return this.#succeed(step.effect, null);
    // The upstream would have repeated a success under this key, unless it still works on an earlier attempt.
    const isSettled = clock.now() - (record.doubtAtMs ?? 0) >= settleMs;
    if (attempt.kind === 'refused' && isSettled && back.kind !== 'failed') {
      // What is there is another write's, unless an earlier key has made it.
      const isNotOwn = back.kind === 'none' || record.generation === 1;
      return isNotOwn ? this.#refuse(attempt.status) : this.#leave({ kind: 'unknown' }, answered(record));
    }
    const cameTooEarly = attempt.kind === 'rate-limited' && !wasInDoubt && back.kind === 'none';
    return this.#leave(
      cameTooEarly ? { kind: 'unavailable', reason: 'rate-limited' } : { kind: 'unknown' },
      record,
    );
  }

  async #readBack(): Promise<ReadBack> {
    const { write, lane, clock, signal } = this.#options;
    const { before = [] } = this.#record;
    const atMs = clock.now();
    try {
      const others = await lane.others();
      const effect = await write.find(before, others, signal);
      return effect === null
        ? { kind: 'none', atMs }
        : { kind: 'effect', effect, atMs, othersInDoubt: others.inDoubt };
    } catch (error) {
      if (error instanceof UpstreamError) return { kind: 'failed' };
      throw error;
    }
  }

  async #succeedByAnswer({ effect, result }: Done<Result>): Promise<WriteOutcome<Result>> {
    const { before = [] } = this.#record;
    try {
      return await this.#succeed(effect(before, (await this.#options.lane.others()).claimed), result);
    } catch (error) {
      if (!(error instanceof RecordStoreError)) throw error;
      // Whose effect is whose cannot be noted now, so the record stays open: a later call reads it from the state.
      return { kind: 'succeeded', effect: effect(before, new Set()), result };
    }
  }

  async #succeed(effect: Effect, result: Result | null): Promise<WriteOutcome<Result>> {
    const { held, lane } = this.#options;
    await lane.leave({ effect, isInDoubt: false });
    await held.finish({ state: 'succeeded', fingerprint: this.#record.fingerprint, effect });
    return { kind: 'succeeded', effect, result };
  }

  async #refuse(status: number): Promise<WriteOutcome<Result>> {
    const { held, lane } = this.#options;
    await held.finish({ state: 'refused', fingerprint: this.#record.fingerprint, status });
    await lane.leave({ effect: [], isInDoubt: false });
    return { kind: 'refused', status };
  }

  /** Leaves the record open for a later call. */
  async #leave(outcome: WriteOutcome<Result>, record = this.#record): Promise<WriteOutcome<Result>> {
    const { held, lane } = this.#options;
    // The record first: a lane must not forget a write whose record still says that it is in doubt.
    await held.release(record);
    await lane.leave({ effect: [], isInDoubt: record.doubtAtMs !== null });
    return outcome;
  }

  /** Nothing was sent by this call; but an earlier one may have. */
  #unsent(reason: 'upstream' | 'rate-limited' | 'records' | 'time'): WriteOutcome<Result> {
    return this.#record.doubtAtMs === null ? { kind: 'unavailable', reason } : { kind: 'unknown' };
  }

  get #record(): OpenRecord {
    return this.#options.held.record;
  }
}
