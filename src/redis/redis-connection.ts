import { ClientOfflineError, ErrorReply } from '@redis/client';

/** What a connection needs of a client, whatever scripts it has. */
interface ConnectableClient {
  readonly isReady: boolean;
  connect(): Promise<unknown>;
  destroy(): void;
  on(event: 'error' | 'connect', listener: (error: unknown) => void): unknown;
  once(event: 'error' | 'ready', listener: () => void): unknown;
}

/** Redis did not do what it was asked. */
export class RedisFault extends Error {
  override readonly name = 'RedisFault';
  /** Like `ECONNREFUSED` or `WRONGPASS`, never an address or a key; null where no answer came in time. */
  readonly kind: string | null;

  constructor(kind: string | null) {
    super(kind === null ? 'Redis does not answer in time.' : `Redis cannot be used (${kind}).`);
    this.kind = kind;
  }
}

/** A connection that comes back by itself. */
export interface RedisConnection {
  /** Rejects with RedisFault, at once while there is no connection. A command whose answer did not come may have been run. */
  run<Answer>(command: () => Promise<Answer>): Promise<Answer>;
  close(): void;
}

/**
 * Connects at once and, whenever the connection is lost, again for ever. Only while the very first attempt is under way do
 * commands wait for it.
 *
 * @param client not connected yet
 * @param commandTimeoutMs how long a command may take; when Redis takes longer, its connection counts as dead
 */
export function connectRedis(client: ConnectableClient, commandTimeoutMs: number): RedisConnection {
  let isClosed = false;
  let lastFault = 'no connection yet';
  client.on('error', (error: unknown) => {
    lastFault = faultOf(error);
  });
  // One that was on its way when the connection was closed.
  client.on('connect', () => {
    if (isClosed) client.destroy();
  });
  const { promise: attempted, resolve: endAttempt } = Promise.withResolvers<void>();
  client.once('ready', endAttempt);
  client.once('error', endAttempt);
  connect();

  function connect(): void {
    client.connect().catch(() => {
      // It rejects only once the connection is closed; every fault before comes as an event.
    });
  }

  /** Whatever else waits for an answer over this connection fails with it. */
  function giveUp(): void {
    if (isClosed || !client.isReady) return;
    client.destroy();
    connect();
  }

  return {
    async run(command) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => {
          reject(new RedisFault(null));
          giveUp();
        }, commandTimeoutMs);
      });
      try {
        await Promise.race([attempted, late]);
        return await Promise.race([command(), late]);
      } catch (error) {
        if (error instanceof RedisFault) throw error;
        throw new RedisFault(error instanceof ClientOfflineError ? lastFault : faultOf(error));
      } finally {
        clearTimeout(timer);
      }
    },
    close() {
      isClosed = true;
      endAttempt();
      client.destroy();
    },
  };
}

/** Messages could name addresses and keys. */
function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error instanceof ErrorReply) return /^[A-Z]+/.exec(error.message)?.[0] ?? 'ERR';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.constructor.name;
}
