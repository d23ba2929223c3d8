import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config.ts';
import type { RecordStore } from '../write/record-store.ts';
import type { WriteNotices } from '../write/write-notices.ts';
import { WriteRunner } from '../write/write-runner.ts';
import type { Sandboxes } from './start-sandboxes.ts';

/** What carries out the writes of this process. */
export function createWriteRunner(
  config: Config,
  sandboxes: Sandboxes,
  store: RecordStore,
  notices: WriteNotices,
): WriteRunner {
  const clock = { now: () => Date.now(), sleep: (ms: number) => sleep(ms) };
  return new WriteRunner({
    store,
    account: accountOf(config, sandboxes),
    clock,
    settleMs: config.writeSettleMs,
    notices,
  });
}

/** An embedded sandbox starts anew with the process, so what was written to an earlier one says nothing. */
function accountOf({ metronome, maple }: Config, sandboxes: Sandboxes): string {
  return JSON.stringify([
    sandboxes.metronome === null ? metronome.url : randomUUID(),
    sandboxes.maple === null ? [maple.url, maple.companyId] : randomUUID(),
  ]);
}
