import { Registry } from 'prom-client';

/** Gives all metrics as they are now, in Prometheus' text form. */
export type Scrape = () => Promise<string>;

/** What goes with them over HTTP. */
export const METRICS_HEADERS = {
  'content-type': Registry.PROMETHEUS_CONTENT_TYPE,
  'cache-control': 'no-store',
} as const;

/** All metrics of some registries as one text. */
export function scrapeOf(registries: readonly Registry[]): Scrape {
  return async () => {
    const texts = await Promise.all(registries.map((registry) => registry.metrics()));
    return texts.join('');
  };
}
