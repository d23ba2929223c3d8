import { CallSlots, type CallSlotLimits } from '../../../src/upstream/http/call-slots.ts';
import { CircuitBreaker } from '../../../src/upstream/http/circuit-breaker.ts';
import { GuardedReader } from '../../../src/upstream/http/guarded-reader.ts';
import { RetryBudget } from '../../../src/upstream/http/retry-budget.ts';
import type { UpstreamRead } from '../../../src/upstream/http/upstream-client.ts';
import { aRead, startScriptedServer, type Script, type ScriptedServer } from './scripted-server.ts';

/** A server that answers by a test's script, behind a guarded reader whose pauses take no time. */
export interface GuardedServer extends AsyncDisposable {
  readonly server: ScriptedServer;
  readonly reader: GuardedReader;
  readonly breaker: CircuitBreaker;
  /** How long each pause before another try was to be. */
  readonly pausesMs: readonly number[];
  /** A read of a request that ends after this long by the clock of the reader, which stands still but for pauses. */
  readWithin(ms: number, changes?: Partial<UpstreamRead<unknown>>): UpstreamRead<unknown>;
  passTime(ms: number): void;
}

/** What a test may change. */
export interface GuardedServerOptions {
  readonly timeoutMs?: number;
  readonly limits?: CallSlotLimits;
  /** 5000 where it is left out. */
  readonly breakMs?: number;
  /** 0.5 where it is left out: pauses are half as long as they can be. */
  readonly random?: () => number;
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

export async function startGuardedServer(
  script: Script,
  options: GuardedServerOptions = {},
): Promise<GuardedServer> {
  const { timeoutMs = 1000, limits = { running: 8, waiting: 100 }, breakMs = 5000 } = options;
  const server = await startScriptedServer(script, timeoutMs);
  let nowMs = 1_000_000;
  const now = () => nowMs;
  const pausesMs: number[] = [];
  const breaker = new CircuitBreaker({ breakMs, now });
  const reader = new GuardedReader({
    client: server.client,
    breaker,
    slots: new CallSlots(limits),
    budget: new RetryBudget(() => 0),
    now,
    random: options.random ?? (() => 0.5),
    pause: (ms, signal) => {
      pausesMs.push(ms);
      nowMs += ms;
      return options.pause?.(ms, signal) ?? Promise.resolve();
    },
  });
  return {
    server,
    reader,
    breaker,
    pausesMs,
    readWithin: (ms, changes) => aRead({ endsAtMs: nowMs + ms, ...changes }),
    passTime(ms) {
      nowMs += ms;
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
