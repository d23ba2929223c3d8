import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchRequest, LaunchFacts, Target } from '../targets/target.ts';
import { startPinned } from './pinned-process.ts';

/** A server under test that answers. */
export interface StartedTarget {
  readonly target: Target;
  readonly url: string;
  readonly pid: number;
  readonly child: ChildProcess;
  /** The names of workloads that it has got used to. */
  readonly knows: Set<string>;
}

const START_LIMIT_MS = 60_000;
const POLL_MS = 5;

/** Starts a server and waits for its first answer of 200 to a request. */
export async function startTarget(
  target: Target,
  facts: Omit<LaunchFacts, 'port'>,
  first: BenchRequest,
  env: Readonly<Record<string, string>> = {},
): Promise<StartedTarget & { readonly startUpMs: number }> {
  const port = await freePort();
  const launch = target.launch({ ...facts, port });
  const startedAtMs = performance.now();
  const child = startPinned(target.core ?? 'server', process.execPath, launch.args, {
    ...launch.env,
    ...env,
  });
  child.stdout?.resume();
  const url = `http://127.0.0.1:${port}`;
  while (!(await answers(url, first))) {
    if (child.exitCode !== null) throw new Error(`${target.name} has ended with ${child.exitCode}`);
    if (performance.now() - startedAtMs > START_LIMIT_MS) {
      child.kill('SIGKILL');
      throw new Error(`${target.name} does not answer`);
    }
    await sleep(POLL_MS);
  }
  return {
    target,
    url,
    pid: child.pid ?? 0,
    child,
    knows: new Set(),
    startUpMs: performance.now() - startedAtMs,
  };
}

/** Sends one request; gives the status and the text of the answer. */
export async function sendRequest(
  url: string,
  { method, path, headers, body }: BenchRequest,
): Promise<{ status: number; text: string }> {
  const answer = await fetch(url + path, { method, headers, ...(body !== undefined && { body }) });
  return { status: answer.status, text: await answer.text() };
}

async function answers(url: string, request: BenchRequest): Promise<boolean> {
  try {
    return (await sendRequest(url, request)).status === 200;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('There is no free port');
  return address.port;
}
