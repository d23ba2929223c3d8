import type { Logger } from 'pino';
import { CallSlots } from '../upstream/http/call-slots.ts';
import { CircuitBreaker } from '../upstream/http/circuit-breaker.ts';
import { GuardedReader } from '../upstream/http/guarded-reader.ts';
import { RetryBudget } from '../upstream/http/retry-budget.ts';
import { UpstreamClient, type LiveReader, type UpstreamReader } from '../upstream/http/upstream-client.ts';
import type { UpstreamObserver } from '../upstream/http/upstream-observer.ts';
import type { Config } from '../config.ts';
import type { ReadSharing } from './open-read-sharing.ts';
import type { Sandboxes } from './start-sandboxes.ts';

/** One upstream as sources need it. */
interface Upstream<Live extends LiveReader = LiveReader> {
  /** What writes go through. They are neither held back nor repeated here: what may be done with one, its record says. */
  readonly client: UpstreamClient;
  /** What asks the upstream itself, as often as it takes. */
  readonly live: Live;
  /** What queries of callers of a scope read through. */
  readonly readerOf: (scope: string) => UpstreamReader;
  readonly sandbox: boolean;
}

/** The long-lived part of both upstreams: connections and clock. */
export interface Upstreams<Live extends LiveReader = LiveReader> {
  readonly metronome: Upstream<Live>;
  readonly maple: Upstream<Live> & {
    readonly companyId: string;
    readonly priceUnit: 'minor' | 'major' | 'unknown';
  };
  /** The clock that statuses following from dates are judged by. */
  readonly now: () => Date;
  close(): Promise<void>;
}

/** What both upstreams are reached by. */
export interface UpstreamsOptions {
  readonly config: Config;
  readonly sandboxes: Sandboxes;
  readonly sharing: Pick<ReadSharing, 'readerOf'>;
  readonly observer: UpstreamObserver;
  readonly clock: () => Date;
  readonly logger: Logger;
}

/** So much of the connections is left to writes, which a read that hangs must not keep from being sent. */
const WRITES_SHARE = 1 / 8;

/** Connects to the real upstreams, or to the sandboxes that stand in for those without a token. */
export function createUpstreams(options: UpstreamsOptions): Upstreams<GuardedReader> {
  const { config, sandboxes, sharing, observer, clock, logger } = options;
  const { upstreamTimeoutMs: timeoutMs } = config;
  const { connections } = config.upstreamLimits;
  const metronome = new UpstreamClient({
    provider: 'METRONOME',
    baseUrl: sandboxes.metronome?.url ?? config.metronome.url,
    token: sandboxes.metronome?.token ?? config.metronome.token ?? '',
    timeoutMs,
    connections,
    observer,
  });
  const maple = new UpstreamClient({
    provider: 'MAPLE',
    baseUrl: sandboxes.maple?.url ?? config.maple.url,
    token: sandboxes.maple?.token ?? config.maple.token ?? '',
    timeoutMs,
    connections,
    observer,
  });
  const [liveMetronome, liveMaple] = [
    createGuardedReader(metronome, config, logger),
    createGuardedReader(maple, config, logger),
  ];
  return {
    metronome: {
      client: metronome,
      live: liveMetronome,
      readerOf: (scope) => sharing.readerOf(liveMetronome, scope),
      sandbox: sandboxes.metronome !== null,
    },
    maple: {
      client: maple,
      live: liveMaple,
      readerOf: (scope) => sharing.readerOf(liveMaple, scope),
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

function createGuardedReader(
  client: UpstreamClient,
  { upstreamLimits: { connections, waiting, breakMs } }: Config,
  logger: Logger,
): GuardedReader {
  const { provider } = client;
  const running = Math.ceil(connections * (1 - WRITES_SHARE));
  return new GuardedReader({
    client,
    breaker: new CircuitBreaker({
      breakMs,
      changed(state) {
        if (state === 'open')
          logger.warn({ provider }, 'nearly every call fails: reads are not sent for now');
        else logger.info({ provider }, 'calls are answered again: reads are sent');
      },
    }),
    slots: new CallSlots({ running, waiting }),
    budget: new RetryBudget(),
  });
}
