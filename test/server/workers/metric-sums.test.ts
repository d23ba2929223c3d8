import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { createMetricSums } from '../../../src/server/workers/metric-sums.ts';

/** The metrics of a process that has had so many requests. */
function processWith(requests: number) {
  const registry = new Registry();
  const registers = [registry];
  const help = 'For a test.';
  const counter = new Counter({ name: 'requests_total', help, labelNames: ['method'], registers });
  const histogram = new Histogram({ name: 'size', help, buckets: [1, 10], registers });
  new Gauge({ name: 'running', help, registers }).set(requests);
  counter.inc({ method: 'GET' }, requests);
  histogram.observe(requests);
  return {
    count: () => counter.inc({ method: 'GET' }),
    // As a message between processes copies it.
    read: async () => structuredClone(await registry.getMetricsAsJSON()),
  };
}

describe('the metrics of several processes', () => {
  it('are sums', async () => {
    const sums = createMetricSums();
    for (const requests of [3, 4]) sums.add(processWith(requests).read);
    const text = await sums.scrape();
    for (const line of [
      'requests_total{method="GET"} 7',
      'size_bucket{le="10"} 2',
      'size_sum 7',
      'running 7',
    ])
      expect(text).toContain(`${line}\n`);
  });

  it('keep what a process had counted that has ended, and drop what it measured', async () => {
    const sums = createMetricSums();
    sums.add(processWith(3).read);
    const parts = [4, 5].map((requests) => sums.add(processWith(requests).read));
    await sums.scrape();
    for (const part of parts) part.ended();
    const text = await sums.scrape();
    for (const line of ['requests_total{method="GET"} 12', 'size_count 3', 'running 3'])
      expect(text).toContain(`${line}\n`);
  });

  it('hold what a process last gave that cannot answer', async () => {
    const sums = createMetricSums();
    const process = processWith(3);
    let isAway = false;
    sums.add(() => (isAway ? Promise.reject(new Error('away')) : process.read()));
    await sums.scrape();
    isAway = true;
    process.count();
    expect(await sums.scrape()).toContain('requests_total{method="GET"} 3\n');
    isAway = false;
    expect(await sums.scrape()).toContain('requests_total{method="GET"} 4\n');
  });
});
