import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { UpstreamAddresses } from '../billing/upstream-calls.ts';
import { startPinned, stopProcess } from './pinned-process.ts';

/** The upstreams of a run. */
export interface StartedUpstreams {
  readonly addresses: UpstreamAddresses;
  readonly pid: number;
  /** Requests since the last reset, by method and path. */
  requests(): Promise<Readonly<Record<string, number>>>;
  reset(): Promise<void>;
  /** Waits until no more requests arrive, as they do of queries whose client went away. */
  quiet(): Promise<void>;
  /** How long each answer waits from now on. */
  delay(delayMs: number): Promise<void>;
  stop(): Promise<void>;
  /** Ends them without waiting. */
  kill(): void;
}

/** Longer than the longest delay of an answer. */
const QUIET_MS = 300;

const greeting = z.object({
  controlUrl: z.string(),
  metronome: z.object({ url: z.string(), token: z.string() }),
  maple: z.object({ url: z.string(), token: z.string(), companyId: z.string() }),
});
const counts = z.record(z.string(), z.number());

/** Starts the upstreams on the core of the driver. */
export async function startUpstreams(): Promise<StartedUpstreams> {
  const child = startPinned('driver', process.execPath, [join(import.meta.dirname, '../upstreams/main.ts')]);
  if (child.stdout === null) throw new Error('The upstreams have no output');
  const lines = createInterface(child.stdout);
  const { value: line } = await lines[Symbol.asyncIterator]().next();
  const { controlUrl, ...addresses } = greeting.parse(JSON.parse(String(line)));
  const control = async (path: string): Promise<unknown> => (await fetch(controlUrl + path)).json();
  const requests = async (): Promise<Readonly<Record<string, number>>> => counts.parse(await control('/'));
  return {
    addresses,
    pid: child.pid ?? 0,
    requests,
    reset: async () => void (await control('/reset')),
    async quiet() {
      let last = '';
      for (;;) {
        const now = JSON.stringify(await requests());
        if (now === last) return;
        last = now;
        await sleep(QUIET_MS);
      }
    },
    delay: async (delayMs) => void (await control(`/delay?ms=${delayMs}`)),
    stop: () => stopProcess(child),
    kill: () => void child.kill(),
  };
}
