import { enableCompileCache, flushCompileCache } from 'node:module';
import { COMPILE_CACHE } from './compile-cache.ts';

// Run by `npm ci`, and where the image is built: starts the gateway over its sandboxes and asks it a few things, so that what
// node has compiled by then is there when it is started for the first time.

const QUERIES = [
  '{ providers { provider status } }',
  '{ customers(first: 2) { nodes { id name invoices(first: 2) { nodes { id total { amount currency } lineItems { totalCount } } } } } }',
  '{ account(identifier: "acct_1001") { name plans { nodes { name } } invoices { nodes { id } } charges { nodes { id } } } }',
];

try {
  enableCompileCache(COMPILE_CACHE);
  const { readConfig } = await import('./config.ts');
  const { createLogger } = await import('./server/telemetry/create-logger.ts');
  const { startGateway } = await import('./server/start-gateway.ts');
  const config = readConfig({ HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent' });
  const gateway = await startGateway(config, createLogger(config.logLevel));
  for (const query of QUERIES) {
    const body = JSON.stringify({ query });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(gateway.url, { method: 'POST', headers, body });
    await answer.text();
  }
  await gateway.stop();
  flushCompileCache();
} catch {
  // The gateway starts without it as well, only later.
  process.stderr.write('Nothing could be compiled ahead.\n');
}
