import { setImmediate as nextTurn } from 'node:timers/promises';

/** How often work that took long is measured again. */
const REPETITIONS = 4;

/**
 * The longest stretch, in milliseconds, for which some work keeps the event loop from turning. It is the thread's own
 * time, so that what other programs take of the machine does not count; and of work that seems to take longer than it may,
 * the shortest of several measurements, so that neither does a compiler or a garbage collection that happened to run. Work
 * that is slow is slow each time.
 */
export async function longestStretchMs(mayTakeMs: number, work: () => Promise<unknown>): Promise<number> {
  let shortest = await measureOnce(work);
  for (let again = 0; again < REPETITIONS && shortest >= mayTakeMs; again += 1)
    shortest = Math.min(shortest, await measureOnce(work));
  return shortest;
}

async function measureOnce(work: () => Promise<unknown>): Promise<number> {
  await nextTurn();
  let longest = 0;
  let before = ownMs();
  let isRunning = true;

  function look(): void {
    const now = ownMs();
    longest = Math.max(longest, now - before);
    before = now;
    if (isRunning) setImmediate(look);
  }

  setImmediate(look);
  await work();
  await nextTurn();
  isRunning = false;
  return longest;
}

function ownMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
