import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** A gateway in a process of its own, as `npm start` runs it. */
export interface GatewayProcess {
  readonly pid: number;
  /** Of the GraphQL endpoint. */
  readonly url: string;
  /** Everything written to standard output and standard error so far. */
  output(): string;
  /** Posts an operation and gives the parsed answer. */
  answer(query: string, variables?: Readonly<Record<string, unknown>>): Promise<unknown>;
  signal(name: 'SIGTERM' | 'SIGINT'): void;
  /** The exit code, once the process has ended; null when a signal ended it. */
  exitCode(): Promise<number | null>;
  /** Ends the process at once, if it still runs. */
  kill(): Promise<void>;
}

/** How a process ended that never listened. */
export interface FailedStart {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const MAIN = new URL('../../src/main.ts', import.meta.url).pathname;
const STARTED = /Billing gateway on (\S+)/;

/**
 * Starts `src/main.ts` with this environment and no other, and waits until it listens.
 *
 * @throws Error when it ends before
 */
export async function startGatewayProcess(env: Readonly<Record<string, string>>): Promise<GatewayProcess> {
  const { child, pid, output, exited } = launch(env);
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', () => {
      const listening = STARTED.exec(output.stdout)?.[1];
      if (listening !== undefined) resolve(listening);
    });
    child.once('close', () => reject(new Error(`the gateway ended before it listened: ${output.stderr}`)));
  });
  return {
    pid,
    url,
    output: () => output.stdout + output.stderr,
    async answer(query, variables) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      return response.json();
    },
    signal: (name) => void child.kill(name),
    exitCode: () => exited,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** Runs `src/main.ts` with an environment that it has to refuse. */
export async function startInVain(env: Readonly<Record<string, string>>): Promise<FailedStart> {
  const { output, exited } = launch(env);
  return { exitCode: await exited, ...output };
}

function launch(env: Readonly<Record<string, string>>): {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly output: { stdout: string; stderr: string };
  readonly exited: Promise<number | null>;
} {
  const child = spawn(process.execPath, [MAIN], { env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  const exited = once(child, 'close').then(() => child.exitCode);
  if (child.pid === undefined) throw new Error('the process did not start');
  return { child, pid: child.pid, output, exited };
}
