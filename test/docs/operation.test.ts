import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createGatewayMetrics } from '../../src/server/telemetry/gateway-metrics.ts';

const text = readFileSync('docs/operation.md', 'utf8');

it('docs/operation.md lists every metric with its labels, and no other', () => {
  const [, table = ''] = /^## Metrics\n([^]*?)\n\n`operation`/m.exec(text) ?? [];
  const listed = [...table.matchAll(/^\| `(gateway_\w+)` +\| (.*?) +\|/gm)].map(
    ([, name = '', labels = '']) => `${name} ${labels.replaceAll(/[`,]/g, '')}`,
  );
  const shown = createGatewayMetrics()
    .registry.getMetricsAsArray()
    .map((metric) => `${metric.name} ${labelsOf(metric)}`);
  expect(sorted(listed)).toEqual(sorted(shown));
});

function labelsOf(metric: object): string {
  const names: unknown = 'labelNames' in metric ? metric.labelNames : [];
  return Array.isArray(names) ? names.filter((name) => name !== 'le').join(' ') : '';
}

function sorted(lines: readonly string[]): string[] {
  return lines.toSorted((a, b) => a.localeCompare(b));
}
