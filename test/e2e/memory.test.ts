import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { companies } from '../../src/sandbox/dataset/companies.ts';
import type { SandboxServer } from '../../src/sandbox/http/sandbox-server.ts';
import { startMapleSandbox } from '../../src/sandbox/maple/start-maple-sandbox.ts';
import { startMetronomeSandbox } from '../../src/sandbox/metronome/start-metronome-sandbox.ts';
import { DEFAULT_SANDBOX_NOW } from '../../src/sandbox/sandbox-clock.ts';
import { startGatewayProcess, type GatewayProcess } from '../support/gateway-process.ts';
import { pick, pickList, pickObject, pickText } from '../support/pick.ts';

const COMPANY_COUNT = 100_000;
const MAX_RESIDENT_MEBIBYTES = 200;
const PAGE = `query ($after: String) {
  customers(first: 100, after: $after) { nodes { provider providerId } pageInfo { hasNextPage endCursor } }
}`;

describe.skipIf(!existsSync('/proc/self/status'))(
  'a gateway over a hundred thousand companies (needs /proc)',
  () => {
    let metronome: SandboxServer;
    let maple: SandboxServer & { readonly companyId: string };
    let gateway: GatewayProcess;
    beforeAll(async () => {
      metronome = await startMetronomeSandbox({ companyCount: COMPANY_COUNT });
      maple = await startMapleSandbox({ companyCount: COMPANY_COUNT });
      gateway = await startGatewayProcess({
        PORT: '0',
        METRONOME_API_URL: metronome.url,
        METRONOME_API_TOKEN: metronome.token,
        MAPLE_API_URL: maple.url,
        MAPLE_API_TOKEN: maple.token,
        MAPLE_COMPANY_ID: maple.companyId,
      });
    });
    afterAll(async () => {
      await gateway.kill();
      await Promise.all([metronome.close(), maple.close()]);
    });

    it('gives every customer once in a walk, and stays small', { timeout: 150_000 }, async () => {
      const seen = new Set<string>();
      let given = 0;
      let after: string | null = null;
      do {
        const answer: unknown = await gateway.answer(PAGE, { after });
        expect(answer).not.toHaveProperty('errors');
        const data = pickObject(answer, 'data');
        for (const node of pickList(data, 'customers', 'nodes')) {
          given += 1;
          seen.add(`${pickText(node, 'provider')} ${pickText(node, 'providerId')}`);
        }
        after =
          pick(data, 'customers', 'pageInfo', 'hasNextPage') === true
            ? pickText(data, 'customers', 'pageInfo', 'endCursor')
            : null;
      } while (after !== null);
      let expected = 0;
      for (const company of companies({ count: COMPANY_COUNT, now: DEFAULT_SANDBOX_NOW })) {
        expected += Number(company.metronome === 'active') + Number(company.maple === 'active');
      }
      expect(given).toBe(expected);
      expect(seen.size).toBe(expected);
      expect(peakMebibytes(gateway.pid)).toBeLessThan(MAX_RESIDENT_MEBIBYTES);
    });
  },
);

/** The most memory that a process has had resident since it started. */
function peakMebibytes(pid: number): number {
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  if (kibibytes === undefined) throw new Error('/proc does not tell the memory of the gateway');
  return Number(kibibytes) / 1024;
}
