import { Registry } from 'prom-client';

/** All metrics of some registries as one text. */
export async function scrape(
  registries: readonly Registry[],
): Promise<{ readonly text: string; readonly headers: Readonly<Record<string, string>> }> {
  const texts = await Promise.all(registries.map((registry) => registry.metrics()));
  return {
    text: texts.join(''),
    headers: { 'content-type': Registry.PROMETHEUS_CONTENT_TYPE, 'cache-control': 'no-store' },
  };
}
