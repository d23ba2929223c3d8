/** Measures how long a thread works without letting its event loop turn. */
export interface BusyStretches {
  /** The longest so far, in milliseconds of the thread's own time: what other programs take of the machine does not count. */
  longestMs(): number;
  /** Forgets what was before, such as the time that a compiler takes once. */
  forget(): void;
  stop(): void;
}

/** Begins to measure. */
export function measureBusyStretches(): BusyStretches {
  let longest = 0;
  let isRunning = true;
  let before = ownMs();

  function turn(): void {
    const now = ownMs();
    longest = Math.max(longest, now - before);
    before = now;
    if (isRunning) setImmediate(turn);
  }

  setImmediate(turn);
  return {
    longestMs: () => longest,
    forget() {
      longest = 0;
      before = ownMs();
    },
    stop() {
      isRunning = false;
    },
  };
}

function ownMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
