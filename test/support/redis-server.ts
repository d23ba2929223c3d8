import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { createClient } from '@redis/client';

/** A real Redis of one test, without persistence. */
export interface RedisServer {
  readonly port: number;
  readonly url: string;
  /** Runs one command over a connection of its own and gives the answer. */
  command(...words: readonly string[]): Promise<unknown>;
  /** Ends the server at once, if it runs; what it held is gone. */
  kill(): Promise<void>;
  /** Starts it again after kill, on the same port, and waits until it answers. */
  start(): Promise<void>;
  /** Lets it take connections and commands, and answer nothing. */
  pause(): void;
  resume(): void;
  /** Ends the server and removes its folder. */
  stop(): Promise<void>;
}

const PROGRAM = 'redis-server';

/**
 * Whether tests with Redis are to be left out, and says so: on a laptop there may be none. Where commits are judged they
 * run, and fail without it.
 */
export function withoutRedis(tests: string): boolean {
  const isMissing = spawnSync(PROGRAM, ['--version']).error !== undefined && env['CI'] === undefined;
  if (isMissing) process.stderr.write(`\nNOT TESTED: ${tests}, for there is no ${PROGRAM}.\n\n`);
  return isMissing;
}

/** Starts a Redis on a free port of the loopback interface, and waits until it answers. */
export async function startRedisServer(...options: readonly string[]): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const words = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder, '--save', '', ...options];
  let child = await launch(words);

  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
  return {
    port,
    url,
    async command(...words) {
      const client = await createClient({ url }).connect();
      try {
        return await client.sendCommand<unknown>([...words]);
      } finally {
        client.destroy();
      }
    },
    kill,
    async start() {
      child = await launch(words);
    },
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    async stop() {
      await kill();
      await rm(folder, { recursive: true });
    },
  };
}

async function launch(words: readonly string[]): Promise<ChildProcess> {
  const child = spawn(PROGRAM, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.includes('Ready to accept connections')) resolve();
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`${PROGRAM} ended first: ${output}`)));
  });
  return child;
}

/**
 * A port that nobody listens on. Below those that the system gives to outgoing connections, so that none of them takes
 * it while the server is not running.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 15_000 + Math.floor(Math.random() * 15_000);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}
