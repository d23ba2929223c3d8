import type { Plugin } from 'graphql-yoga';

/** `GET /livez`: the process runs. `GET /readyz`: it also welcomes new work; an upstream outage does not change that. */
export function useProbes(isReady: () => boolean): Plugin {
  return {
    onRequest({ url, endResponse, fetchAPI }) {
      if (url.pathname === '/livez') endResponse(new fetchAPI.Response('ok\n'));
      if (url.pathname === '/readyz') {
        const ready = isReady();
        endResponse(new fetchAPI.Response(ready ? 'ok\n' : 'draining\n', { status: ready ? 200 : 503 }));
      }
    },
  };
}
