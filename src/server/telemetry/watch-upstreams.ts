import { Counter, Gauge, type Registry } from 'prom-client';
import type { ProviderHealth } from '../../domain/provider/billing-source.ts';
import type { BreakerState } from '../../upstream/http/circuit-breaker.ts';
import type { GuardedReader } from '../../upstream/http/guarded-reader.ts';

/** What tells how a provider and the reads of it are doing. */
export type WatchedUpstream = Pick<GuardedReader, 'provider' | 'health' | 'status'>;

const HEALTH_STATES: readonly ProviderHealth[] = ['UP', 'DEGRADED', 'DOWN'];
const BREAKER_STATES: readonly BreakerState[] = ['closed', 'half-open', 'open'];

/** Adds metrics that are looked up when they are asked for; gives what adds an upstream to them. */
export function watchUpstreams(registry: Registry): (upstream: WatchedUpstream) => void {
  const upstreams = new Set<WatchedUpstream>();
  const health = new Gauge({
    name: 'gateway_provider_health',
    help: 'Health of a provider by its latest answers to this process: 1 for the state that it is in.',
    labelNames: ['provider', 'state'],
    registers: [],
    collect() {
      for (const { provider, health: latest } of upstreams) {
        const current = latest.judge();
        for (const state of HEALTH_STATES) this.set({ provider, state }, state === current ? 1 : 0);
      }
    },
  });
  const breakers = new Gauge({
    name: 'gateway_upstream_breaker',
    help: 'Circuit breaker of a provider: 1 for the state that it is in. Open: no read is sent; half-open: one at a time.',
    labelNames: ['provider', 'state'],
    registers: [],
    collect() {
      for (const { provider, status } of upstreams)
        for (const state of BREAKER_STATES) this.set({ provider, state }, state === status.breaker ? 1 : 0);
    },
  });
  const reads = new Gauge({
    name: 'gateway_upstream_reads',
    help: 'Reads of a provider: running, or waiting for a connection.',
    labelNames: ['provider', 'state'],
    registers: [],
    collect() {
      for (const { provider, status } of upstreams) {
        this.set({ provider, state: 'running' }, status.running);
        this.set({ provider, state: 'waiting' }, status.waiting);
      }
    },
  });
  const retries = new Counter({
    name: 'gateway_upstream_retries_total',
    help: 'Tries of reads after the first.',
    labelNames: ['provider'],
    registers: [],
    collect() {
      this.reset();
      for (const { provider, status } of upstreams) this.inc({ provider }, status.retries);
    },
  });
  const refused = new Counter({
    name: 'gateway_upstream_refused_reads_total',
    help: 'Reads that were not sent: the breaker was open, or too many waited in the queue.',
    labelNames: ['provider', 'reason'],
    registers: [],
    collect() {
      this.reset();
      for (const { provider, status } of upstreams) {
        this.inc({ provider, reason: 'breaker' }, status.refused.breaker);
        this.inc({ provider, reason: 'queue' }, status.refused.queue);
      }
    },
  });
  for (const metric of [health, breakers, reads, retries, refused]) registry.registerMetric(metric);
  return (upstream) => void upstreams.add(upstream);
}
