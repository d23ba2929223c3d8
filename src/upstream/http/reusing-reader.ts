import { answerKey, subjectsOf, type ReadAccount } from '../../read-cache/read-keys.ts';
import type { ReadCache } from '../../read-cache/read-cache.ts';
import type { Reuse } from '../../read-cache/reuse.ts';
import { BodyMismatch } from './check-body.ts';
import { failureOf } from './failure.ts';
import { answerIn, type LiveReader, type UpstreamRead, type UpstreamReader } from './upstream-client.ts';

/** How long answers may serve, in milliseconds; 0: only for those who ask at the same time. */
export interface ReuseTimes {
  readonly catalogueMs: number;
  readonly customerDataMs: number;
}

/** What a reader of one upstream and one scope is made of. */
export interface ReusingReaderOptions {
  readonly live: LiveReader;
  readonly cache: ReadCache;
  readonly account: ReadAccount;
  /** What the caller may see: answers serve for callers of the same scope only. */
  readonly scope: string;
  readonly times: ReuseTimes;
}

/** Reads an upstream, or gives what an earlier read of it has brought, where the read says that this is right. */
export function createReusingReader(options: ReusingReaderOptions): UpstreamReader {
  const { live, cache, account, scope, times } = options;

  async function readReusing<T>(read: UpstreamRead<T>, reuse: Reuse<T>): Promise<T | null> {
    const { operation, method, path, signal, answer } = read;
    const part = read.part?.name ?? '';
    const forMs = reuse.kind === 'catalogue' ? times.catalogueMs : times.customerDataMs;
    const query = read.query ?? '';
    const body = read.body === undefined ? '' : JSON.stringify(read.body);
    try {
      return await cache.read({
        key: answerKey({ ...account, scope, operation, method, path, query, body, part }),
        subjects: reuse.kind === 'catalogue' ? [] : subjectsOf(account.account, reuse.customers),
        forMs,
        mayKeep: (kept) => reuse.kind === 'catalogue' || reuse.mayKeep(kept),
        check: answer,
        parse: (text) => parsed(read, text),
        fetch: (shared) => live.fetch({ ...read, signal: shared, wantsText: forMs > 0 }),
        signal,
      });
    } catch (error) {
      // What ended this caller's waiting is no failure of the upstream's yet.
      throw failureOf(live.provider, error, signal) ?? error;
    }
  }

  return {
    read: (read) => (read.reuse === undefined ? live.read(read) : readReusing(read, read.reuse)),
  };
}

/** Null where the text is no such answer: another version of the gateway may have kept it. */
function parsed<T>(read: Pick<UpstreamRead<T>, 'answer' | 'part'>, text: string): T | null {
  try {
    return answerIn(read, text);
  } catch (error) {
    if (error instanceof BodyMismatch || error instanceof SyntaxError) return null;
    throw error;
  }
}
