/** One line of Prometheus' text form. */
interface MetricSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const SAMPLE = /^(?<name>\w+)(?:\{(?<labels>.*)\})? (?<value>\S+)$/;
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/**
 * Reads Prometheus' text form.
 *
 * @throws Error for a line that is none
 */
function metricSamples(text: string): readonly MetricSample[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const groups = SAMPLE.exec(line)?.groups;
      if (groups === undefined) throw new Error(`no sample: ${line}`);
      const labels = [...(groups['labels'] ?? '').matchAll(LABEL)].map(
        ([, name = '', value = '']) => [name, value] as const,
      );
      return {
        name: groups['name'] ?? '',
        labels: Object.fromEntries(labels),
        value: Number(groups['value']),
      };
    });
}

/** What one gateway shows. */
export interface Metrics {
  /** The value of a sample with exactly these labels, 0 where there is none. */
  of(name: string, labels?: Readonly<Record<string, string>>): number;
  /** All samples that are not zero, but for those of histograms' buckets and sums. */
  readonly samples: readonly MetricSample[];
  readonly text: string;
}

/** Reads the metrics of a gateway whose endpoint has this address. */
export async function readMetrics(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Metrics> {
  const response = await fetch(new URL('/metrics', url), { headers });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`no metrics: ${response.status}`);
  const all = metricSamples(text);
  return {
    of: (name, labels = {}) =>
      all.find((sample) => sample.name === name && isEqual(sample.labels, labels))?.value ?? 0,
    samples: all.filter(({ name, value }) => value !== 0 && !/_(?:bucket|sum)$/.test(name)),
    text,
  };
}

function isEqual(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
