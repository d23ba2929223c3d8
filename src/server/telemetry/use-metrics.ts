import type { Plugin } from 'graphql-yoga';
import type { Registry } from 'prom-client';
import { scrape } from './scrape.ts';

/** Answers `GET /metrics`. After what lets only known callers through. */
export function useMetrics(registries: readonly Registry[]): Plugin {
  return {
    async onRequest({ url, endResponse, fetchAPI }) {
      if (url.pathname !== '/metrics') return;
      const { text, headers } = await scrape(registries);
      endResponse(new fetchAPI.Response(text, { headers }));
    },
  };
}
