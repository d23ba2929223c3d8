import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SandboxServer } from '../../src/sandbox/http/sandbox-server.ts';
import { startMapleSandbox, type MapleSandbox } from '../../src/sandbox/maple/start-maple-sandbox.ts';
import { startMetronomeSandbox } from '../../src/sandbox/metronome/start-metronome-sandbox.ts';
import { LATE_COMMIT_MS, startFaultProxy, type FaultProxy } from './fault-proxy.ts';

/** Both sandboxes, each behind a proxy that plays faults, and a folder for the records of gateways in front of them. */
export interface FaultyUpstreams {
  readonly sandbox: { readonly metronome: SandboxServer; readonly maple: MapleSandbox };
  readonly proxy: { readonly METRONOME: FaultProxy; readonly MAPLE: FaultProxy };
  /** What a gateway in front of the proxies is configured by; its records are kept in a file. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Well above the time after which the proxies let a write take effect late. */
const SETTLE_MS = 15 * LATE_COMMIT_MS;

/** Starts sandboxes of a few companies and the proxies. */
export async function startFaultyUpstreams(): Promise<FaultyUpstreams> {
  const metronome = await startMetronomeSandbox({ companyCount: 10 });
  const maple = await startMapleSandbox({ companyCount: 10 });
  const proxy = {
    METRONOME: await startFaultProxy(metronome.url),
    MAPLE: await startFaultProxy(maple.url),
  };
  const folder = await mkdtemp(join(tmpdir(), 'billing-gateway-'));
  return {
    sandbox: { metronome, maple },
    proxy,
    env: {
      PORT: '0',
      METRONOME_API_URL: proxy.METRONOME.url,
      METRONOME_API_TOKEN: metronome.token,
      MAPLE_API_URL: proxy.MAPLE.url,
      MAPLE_API_TOKEN: maple.token,
      MAPLE_COMPANY_ID: maple.companyId,
      IDEMPOTENCY_PATH: join(folder, 'records.sqlite'),
      PERSISTED_OPERATIONS: 'off',
      WRITE_SETTLE_MS: String(SETTLE_MS),
    },
    async close() {
      await Promise.all([proxy.METRONOME.settled(), proxy.MAPLE.settled()]);
      await Promise.all([proxy.METRONOME.close(), proxy.MAPLE.close()]);
      await Promise.all([metronome.close(), maple.close()]);
      await rm(folder, { recursive: true });
    },
  };
}
