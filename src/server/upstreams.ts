import { UpstreamClient, type UpstreamReader } from '../upstream/http/upstream-client.ts';
import type { UpstreamObserver } from '../upstream/http/upstream-observer.ts';
import type { Config } from '../config.ts';
import type { ReadSharing } from './open-read-sharing.ts';
import type { Sandboxes } from './start-sandboxes.ts';

/** One upstream as sources need it. */
interface Upstream {
  readonly client: UpstreamClient;
  /** What queries of callers of a scope read through. */
  readonly readerOf: (scope: string) => UpstreamReader;
  readonly sandbox: boolean;
}

/** The long-lived part of both upstreams: connections and clock. */
export interface Upstreams {
  readonly metronome: Upstream;
  readonly maple: Upstream & {
    readonly companyId: string;
    readonly priceUnit: 'minor' | 'major' | 'unknown';
  };
  /** The clock that statuses following from dates are judged by. */
  readonly now: () => Date;
  close(): Promise<void>;
}

/** Connects to the real upstreams, or to the sandboxes that stand in for those without a token. */
export function createUpstreams(
  config: Config,
  sandboxes: Sandboxes,
  sharing: Pick<ReadSharing, 'readerOf'>,
  observer: UpstreamObserver,
  clock: () => Date,
): Upstreams {
  const { upstreamTimeoutMs: timeoutMs } = config;
  const metronome = new UpstreamClient({
    provider: 'METRONOME',
    baseUrl: sandboxes.metronome?.url ?? config.metronome.url,
    token: sandboxes.metronome?.token ?? config.metronome.token ?? '',
    timeoutMs,
    observer,
  });
  const maple = new UpstreamClient({
    provider: 'MAPLE',
    baseUrl: sandboxes.maple?.url ?? config.maple.url,
    token: sandboxes.maple?.token ?? config.maple.token ?? '',
    timeoutMs,
    observer,
  });
  return {
    metronome: {
      client: metronome,
      readerOf: (scope) => sharing.readerOf(metronome, scope),
      sandbox: sandboxes.metronome !== null,
    },
    maple: {
      client: maple,
      readerOf: (scope) => sharing.readerOf(maple, scope),
      sandbox: sandboxes.maple !== null,
      companyId: sandboxes.maple?.companyId ?? config.maple.companyId ?? '',
      priceUnit: config.maple.priceUnit,
    },
    now: clock,
    async close() {
      await Promise.all([metronome.close(), maple.close()]);
    },
  };
}
