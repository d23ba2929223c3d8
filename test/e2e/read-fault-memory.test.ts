import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../src/provider.ts';
import { startMapleSandbox } from '../../src/sandbox/maple/start-maple-sandbox.ts';
import { startMetronomeSandbox } from '../../src/sandbox/metronome/start-metronome-sandbox.ts';
import { createFaultSwitch } from '../support/fault-switch.ts';
import { startGatewayProcess, type GatewayProcess } from '../support/gateway-process.ts';
import { pick, pickList } from '../support/pick.ts';
import { LARGE_FAULTS } from '../support/read-faults.ts';
import { READ_DOCUMENTS } from '../support/read-documents.ts';

const MAX_GROWTH_MEBIBYTES = 64;
/** With the reads that work, so that many others are made at once. */
const DOCUMENTS = [
  [READ_DOCUMENTS.lists, /^$/],
  [READ_DOCUMENTS.account, /\/customers(?:\/find)?$/],
] as const;
/** So that what every answer takes has been taken before. */
const WARM_UP = 30;

describe.skipIf(!existsSync('/proc/self/status'))('memory (needs /proc)', () => {
  const switches = { METRONOME: createFaultSwitch(), MAPLE: createFaultSwitch() };
  const closing: (() => Promise<unknown>)[] = [];
  let gateway: GatewayProcess;
  beforeAll(async () => {
    const metronome = await startMetronomeSandbox({
      companyCount: 12,
      onRequest: switches.METRONOME.onRequest,
    });
    const maple = await startMapleSandbox({ companyCount: 12, onRequest: switches.MAPLE.onRequest });
    gateway = await startGatewayProcess({
      PORT: '0',
      METRONOME_API_URL: metronome.url,
      METRONOME_API_TOKEN: metronome.token,
      MAPLE_API_URL: maple.url,
      MAPLE_API_TOKEN: maple.token,
      MAPLE_COMPANY_ID: maple.companyId,
      LOG_LEVEL: 'silent',
      IDEMPOTENCY_PATH: ':memory:',
    });
    closing.push(
      () => gateway.kill(),
      () => metronome.close(),
      () => maple.close(),
    );
    for (let call = 0; call < WARM_UP; call += 1)
      await Promise.all(DOCUMENTS.map(([document]) => gateway.answer(document)));
  }, 60_000);
  afterAll(async () => {
    for (const close of closing) await close();
  });

  it.each(PROVIDERS.flatMap((provider) => LARGE_FAULTS.map((fault) => ({ provider, ...fault }))))(
    'grows little while each read of $provider brings $title',
    async ({ provider, fault, code }) => {
      forgetPeak(gateway.pid);
      const before = peakMebibytes(gateway.pid);
      const { turnOn, turnOff } = switches[provider];
      if (fault === null) throw new Error('nothing large');
      for (const [document, isSpared] of DOCUMENTS) {
        turnOn(({ path }) => (isSpared.test(path) ? undefined : fault));
        const answer = await gateway.answer(document);
        const codes = pickList(answer, 'errors').map((error) => pick(error, 'extensions', 'code'));
        expect(new Set(codes)).toEqual(new Set([code]));
      }
      turnOff();
      expect(peakMebibytes(gateway.pid) - before).toBeLessThan(MAX_GROWTH_MEBIBYTES);
    },
  );
});

/** From now on the peak is that of what comes, and of now (proc(5), `clear_refs`). */
function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** The most memory that a process has had resident. */
function peakMebibytes(pid: number): number {
  const [, kibibytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) / 1024;
}
