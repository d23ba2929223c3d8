import { once } from 'node:events';
import { createServer } from 'node:http';
import { authorityOf } from '../authority-of.ts';
import { METRICS_HEADERS, type Scrape } from './scrape.ts';

/** A server of its own for metrics. */
export interface MetricsServer {
  /** Host and port as they stand in an address. */
  readonly authority: string;
  close(): Promise<void>;
}

/** Serves `GET /metrics`, and nothing else, to everyone who reaches the port. */
export async function startMetricsServer(
  scrape: Scrape,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    scrape().then(
      (text) => response.writeHead(200, METRICS_HEADERS).end(text),
      () => response.writeHead(500).end(),
    );
  });
  server.listen(port, host);
  await once(server, 'listening');
  return {
    authority: authorityOf(server),
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
