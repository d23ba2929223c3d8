import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { pickText } from './pick.ts';

/** A gateway in a process of its own, as `npm start` runs it. */
export interface GatewayProcess {
  readonly pid: number;
  /** Of the GraphQL endpoint. */
  readonly url: string;
  /** Everything written to standard output and standard error so far. */
  output(): string;
  /** Waits until the output holds this text; rejects when the process ends without it. */
  said(text: string): Promise<void>;
  /** Posts an operation and gives the parsed answer. */
  answer(query: string, variables?: Readonly<Record<string, unknown>>): Promise<unknown>;
  signal(name: 'SIGTERM' | 'SIGINT' | 'SIGUSR2'): void;
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

const ROOT = new URL('../../', import.meta.url);
const STARTED = /Billing gateway on (\S+)/;

/** What `npm start` gives to node: options, and the file to run. */
function startArguments(): string[] {
  const scripts: unknown = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8'));
  // Without exec, the shell in between would keep signals from the gateway.
  const [, given] = pickText(scripts, 'scripts', 'start').split(/(?:^| )exec node /);
  if (given === undefined) throw new Error('npm start does not run node in place of its shell');
  return given.split(' ');
}

/**
 * Starts the gateway as `npm start` does, and waits until it listens. Its environment is this one alone.
 *
 * @throws Error when it ends before
 */
export async function startGatewayProcess(env: Readonly<Record<string, string>>): Promise<GatewayProcess> {
  const { child, pid, output, exited, said } = launch(env);
  const [, url = ''] = await said(STARTED);
  return {
    pid,
    url,
    output: () => output.stdout + output.stderr,
    said: async (text) => {
      await said(new RegExp(RegExp.escape(text)));
    },
    async answer(query, variables) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      const body: unknown = await response.json();
      return body;
    },
    signal: (name) => void child.kill(name),
    exitCode: () => exited,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** The same with an environment that it has to refuse. */
export async function startInVain(env: Readonly<Record<string, string>>): Promise<FailedStart> {
  const { output, exited } = launch(env);
  return { exitCode: await exited, ...output };
}

function launch(env: Readonly<Record<string, string>>): {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly output: { stdout: string; stderr: string };
  readonly exited: Promise<number | null>;
  /** The first match in the standard output, as soon as it is there. */
  readonly said: (text: RegExp) => Promise<RegExpExecArray>;
} {
  const child = spawn(process.execPath, startArguments(), {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  const exited = once(child, 'close').then(() => child.exitCode);
  if (child.pid === undefined) throw new Error('the process did not start');
  const { stdout } = child;
  const said = (text: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const match = text.exec(output.stdout);
        if (match === null) return;
        stdout.off('data', look);
        resolve(match);
      };
      stdout.on('data', look);
      look();
      void exited.then(() => reject(new Error(`the gateway ended first: ${output.stderr}`)));
    });
  return { child, pid: child.pid, output, exited, said };
}
