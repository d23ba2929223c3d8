import { pino } from 'pino';
import { inject } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { DEFAULT_SANDBOX_NOW } from '../../src/sandbox/sandbox-clock.ts';
import { startGateway, type RunningGateway } from '../../src/server/start-gateway.ts';
import { startFaultyUpstreams, type FaultyUpstreams } from './faulty-upstreams.ts';
import { postOperation } from './post-operation.ts';
import type { GraphQLAnswer } from './test-gateway.ts';

/** Gateways in this process, over upstreams that fail as a test says. */
export interface WriteWorld extends FaultyUpstreams {
  /** Posts an operation to the first gateway, or to another one. */
  post(query: string, variables: object, options?: PostOptions): Promise<GraphQLAnswer>;
  /** Stops the gateways and starts as many, over the same records. */
  restart(): Promise<void>;
}

/** What a request may have of its own. */
export interface PostOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Which gateway to ask. */
  readonly gateway?: number;
}

/** What a test may change. */
export interface WriteWorldOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly gateways?: number;
}

/** Starts upstreams and gateways, all on free ports, with the sandbox's fixed clock for dates. */
export async function startWriteWorld({ env, gateways = 1 }: WriteWorldOptions = {}): Promise<WriteWorld> {
  const upstreams = await startFaultyUpstreams();
  const config = readConfig({ ...upstreams.env, ...env });
  let running: RunningGateway[] = [];

  async function start(): Promise<void> {
    running = await Promise.all(
      Array.from({ length: gateways }, () =>
        startGateway(config, pino({ level: 'silent' }), {
          clock: () => DEFAULT_SANDBOX_NOW,
          answersDirectly: inject('answersDirectly'),
        }),
      ),
    );
  }

  async function stop(): Promise<void> {
    await Promise.all(running.map((gateway) => gateway.stop()));
  }

  await start();
  return {
    ...upstreams,
    post: (query, variables, { headers, gateway = 0 } = {}) =>
      postOperation(running[gateway]?.url ?? '', query, variables, headers),
    async restart() {
      await stop();
      await start();
    },
    async close() {
      await stop();
      await upstreams.close();
    },
  };
}
