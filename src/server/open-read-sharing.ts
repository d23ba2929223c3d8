import { createHash, randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Provider } from '../provider.ts';
import { beginCustomerWrite } from '../read-cache/begin-customer-write.ts';
import { createMemoryReadStore } from '../read-cache/memory-read-store.ts';
import { ReadCache, type ReadCacheResult } from '../read-cache/read-cache.ts';
import { subjectsOf, type ReadAccount } from '../read-cache/read-keys.ts';
import { ReadStoreError, type ReadStore } from '../read-cache/read-store.ts';
import { createReusingReader } from '../upstream/http/reusing-reader.ts';
import type { LiveReader, UpstreamReader } from '../upstream/http/upstream-client.ts';
import { RecordStoreError } from '../write/record-store.ts';
import type { WriteNotices } from '../write/write-notices.ts';
import type { Sandboxes } from './start-sandboxes.ts';

/** What GraphQL requests share of what they read. */
export interface ReadSharing {
  /** What a caller of the scope reads the upstream through. */
  readerOf(live: LiveReader, scope: string): UpstreamReader;
  /**
   * The epoch of all writes of this process, never the same again after one has begun or ended; null while one is under
   * way, and where other processes may write too.
   */
  epochOfAll(): string | null;
  /** By which writes end what is shared. */
  readonly notices: WriteNotices;
  close(): void;
}

/** What sharing is made of. */
export interface ReadSharingOptions {
  readonly config: Config;
  readonly sandboxes: Sandboxes;
  readonly logger: Logger;
  /** Hears of every read that may be served by an earlier one. */
  readonly observe?: (result: ReadCacheResult) => void;
  /** The clock that answers in memory expire by, in milliseconds from any start. */
  readonly now?: (() => number) | undefined;
}

/**
 * Opens what is kept of reads: in Redis, which may be away for now, or else in the memory of this process. Writes are told
 * to Redis also where this process keeps nothing: another one that shares it may.
 */
export async function openReadSharing(options: ReadSharingOptions): Promise<ReadSharing> {
  const { config, sandboxes, logger, observe, now } = options;
  const clock = now === undefined ? {} : { now };
  const store = config.redisUrl === null ? createMemoryReadStore(clock) : await inRedis(config.redisUrl);
  const cache = new ReadCache({ store, ...(observe !== undefined && { observe }), ...clock });
  const accounts = accountsOf(config, sandboxes);
  const everybody = Object.values(accounts).flatMap(({ account }) => subjectsOf(account, 'any'));
  return {
    readerOf: (live, scope) =>
      createReusingReader({ live, cache, account: accounts[live.provider], scope, times: config.cache }),
    epochOfAll() {
      const found = config.redisUrl === null ? store.look('', everybody) : null;
      return found === null || found instanceof Promise ? null : found.epoch;
    },
    notices: {
      async begin({ provider, customerId }, forMs) {
        try {
          return await beginCustomerWrite(store, { account: accounts[provider].account, customerId, forMs });
        } catch (error) {
          if (!(error instanceof ReadStoreError)) throw error;
          logger.error({ fault: error.message }, 'a write was not sent: kept reads could not be ended');
          throw new RecordStoreError(error.message);
        }
      },
    },
    close: () => store.close(),
  };
}

/** An embedded sandbox starts anew with the process, so what was read of an earlier one says nothing. */
function accountsOf({ metronome, maple }: Config, sandboxes: Sandboxes): Record<Provider, ReadAccount> {
  const accountOf = (provider: Provider, isSandbox: boolean, parts: readonly (string | null)[]): string =>
    JSON.stringify([provider, ...(isSandbox ? [randomUUID()] : parts)]);
  return {
    METRONOME: {
      account: accountOf('METRONOME', sandboxes.metronome !== null, [metronome.url]),
      reader: hashed(metronome.token),
    },
    MAPLE: {
      account: accountOf('MAPLE', sandboxes.maple !== null, [maple.url, maple.companyId]),
      reader: hashed(maple.token),
    },
  };
}

/** Which of an upstream's environments is read, its token alone may say. */
function hashed(token: string | null): string {
  return createHash('sha256')
    .update(token ?? '')
    .digest('base64url');
}

/** Loaded only where it is wanted: the client of Redis takes about ten megabytes. */
async function inRedis(url: string): Promise<ReadStore> {
  const { openRedisReadStore } = await import('../read-cache/redis-read-store.ts');
  return openRedisReadStore(url);
}
