import { randomUUID } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';

/** Says that a process works on something, and until when at the latest. */
export type Lease = z.infer<typeof leaseSchema>;

/** A lease as records hold it. */
export const leaseSchema = z.object({
  host: z.string(),
  pid: z.number(),
  /** Tells this process from a later one with the same number. */
  process: z.string(),
  untilMs: z.number(),
});

/** Numbers of processes are those of one namespace: containers can share a host's name and count from 1 each. */
const HOST = JSON.stringify([hostname(), processNamespace()]);
const PROCESS = randomUUID();

/** A lease of this process. */
export function leaseUntil(untilMs: number): Lease {
  return { host: HOST, pid: process.pid, process: PROCESS, untilMs };
}

/** Whether nobody works under the lease any more: its time is over, or its process has ended. */
export function isOver(lease: Lease | null, nowMs: number): boolean {
  if (lease === null || lease.untilMs <= nowMs) return true;
  if (lease.host !== HOST) return false;
  return lease.pid === process.pid ? lease.process !== PROCESS : !isAlive(lease.pid);
}

/** Empty where the system has no such thing. */
function processNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

/** Signal 0 sends nothing, and fails where there is no such process. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, and another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
