import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { callCount } from '../../support/asked-cost.ts';
import { measureBusyStretches, type BusyStretches } from '../../support/busy-stretches.ts';
import { HOSTILE_DOCUMENTS } from '../../support/hostile-documents.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';

const MAX_UPSTREAM_CALLS = 500;
const MAX_STRETCH_MS = 50;
const REFUSALS: ReadonlySet<string | undefined> = new Set([
  'OPERATION_TOO_COMPLEX',
  'BAD_USER_INPUT',
  'INVALID_CURSOR',
]);

/** The sandboxes work in this thread too, so that it is busy longer than the gateway alone. */
describe('a hostile document', () => {
  let gateway: TestGateway;
  let busy: BusyStretches;
  beforeAll(async () => {
    gateway = await startTestGateway();
    busy = measureBusyStretches();
    // Compilers take their time once.
    for (const { query, variables } of Object.values(HOSTILE_DOCUMENTS))
      await gateway.answer(query, variables);
  }, 60_000);
  beforeEach(async () => {
    gateway.forgetCalls();
    await sleep(1);
    busy.forget();
  });
  afterAll(async () => {
    busy.stop();
    await gateway.stop();
  });

  it('is one of at least sixty', () => {
    expect(Object.keys(HOSTILE_DOCUMENTS).length).toBeGreaterThanOrEqual(60);
  });

  it.each(Object.entries(HOSTILE_DOCUMENTS))(
    'is refused or answered within the limits: %s',
    async (_what, document) => {
      const { data, errors = [] } = await gateway.answer(document.query, document.variables);
      const codes = errors.map(({ extensions }) => extensions?.code);
      expect(codes).not.toContain('INTERNAL_SERVER_ERROR');
      // What is refused as a whole has been refused before anything was sent.
      const isRefused = data === undefined;
      const [first] = codes;
      expect(!isRefused || (REFUSALS.has(first) && callCount(gateway) === 0)).toBe(true);
      expect(callCount(gateway)).toBeLessThanOrEqual(MAX_UPSTREAM_CALLS);
      await sleep(1);
      expect(busy.longestMs()).toBeLessThan(MAX_STRETCH_MS);
    },
  );
});
