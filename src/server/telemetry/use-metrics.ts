import type { Plugin } from 'graphql-yoga';
import { METRICS_HEADERS, type Scrape } from './scrape.ts';

/** Answers `GET /metrics`. After what lets only known callers through. */
export function useMetrics(scrape: Scrape): Plugin {
  return {
    async onRequest({ url, endResponse, fetchAPI }) {
      if (url.pathname !== '/metrics') return;
      // The response adds to the headers that it is given.
      endResponse(new fetchAPI.Response(await scrape(), { headers: { ...METRICS_HEADERS } }));
    },
  };
}
