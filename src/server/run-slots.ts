import { performance } from 'node:perf_hooks';

/** What tells how busy the event loop is. */
export interface LoopClock {
  /** In milliseconds from any start. */
  now(): number;
  /** How many milliseconds the loop has waited for something to do so far. */
  idleMs(): number;
}

/** Lets only so many requests run at once as keep the processor busy. */
export interface RunSlots {
  /** Runs it with a slot of its own as soon as one is free: at once, or behind those that have asked before. */
  enter(run: (slot: RunSlot) => void): void;
}

/** The place of a request among those that run. */
export interface RunSlot {
  /** When it was asked for, in milliseconds on the clock of `performance.now`. */
  readonly askedAtMs: number;
  /** Gives it to the next one; nothing where it is not held. */
  leave(): void;
  /** Takes it again, behind those that wait; null where it is held, or one was free. */
  take(): Promise<void> | null;
}

/** While they keep the processor busy, no more run at once: what all of them hold would not fit into the young heap. */
const FEW = 4;
/** How often it is looked how busy the loop is, while more run or want to. */
const LOOK_EVERY_MS = 1;
/** Of the time since the last look, spent waiting: there is something left to do more with. */
const IDLE = 0.5;

const EVENT_LOOP: LoopClock = {
  now: () => performance.now(),
  idleMs: () => performance.eventLoopUtilization().idle,
};

/**
 * Few run at once while the processor is busy: that puts off no answer, and those that run are done sooner. When the loop has
 * time left, since those that run wait for their upstreams, more may run with every look; when it has none, one less.
 */
export function createRunSlots(clock: LoopClock = EVENT_LOOP): RunSlots {
  const line: (() => void)[] = [];
  let running = 0;
  /** How many may run at once. */
  let limit = FEW;
  /** By how much an idle loop raises the limit: twice as much as when it was found idle just before. */
  let step = 1;
  let idleMs = 0;
  let lookedAtMs = 0;
  let timer: NodeJS.Timeout | null = null;
  let isLettingIn = false;

  /** One after another, never one within another: whoever is let in may leave at once. */
  function letIn(): void {
    if (isLettingIn) return;
    isLettingIn = true;
    try {
      while (running < limit) {
        const goOn = line.shift();
        if (goOn === undefined) return;
        running += 1;
        goOn();
      }
    } finally {
      isLettingIn = false;
    }
  }

  function startLooking(): void {
    if (timer !== null) return;
    [idleMs, lookedAtMs] = [clock.idleMs(), clock.now()];
    timer = setTimeout(look, LOOK_EVERY_MS);
  }

  function look(): void {
    timer = null;
    const isIdle = clock.idleMs() - idleMs > IDLE * (clock.now() - lookedAtMs);
    if (!isIdle) limit = Math.max(FEW, limit - 1);
    else if (line.length > 0) limit = Math.max(limit, running) + step;
    step = isIdle ? 2 * step : 1;
    letIn();
    if (line.length > 0 || running > FEW) startLooking();
  }

  /** False where it has to wait. */
  function takeFree(): boolean {
    if (line.length > 0 || running >= limit) return false;
    running += 1;
    return true;
  }

  function wait(goOn: () => void): void {
    line.push(goOn);
    startLooking();
  }

  function slot(): RunSlot {
    const askedAtMs = clock.now();
    let isHeld = true;
    return {
      askedAtMs,
      leave() {
        if (!isHeld) return;
        isHeld = false;
        running -= 1;
        letIn();
      },
      take() {
        if (isHeld) return null;
        isHeld = true;
        return takeFree() ? null : new Promise(wait);
      },
    };
  }

  return {
    enter(run) {
      const own = slot();
      if (takeFree()) run(own);
      else wait(() => run(own));
    },
  };
}
