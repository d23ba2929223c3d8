import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callCount } from '../../support/asked-cost.ts';
import { longestStretchMs } from '../../support/busy-stretches.ts';
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
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.stop());

  it('is one of at least sixty', () => {
    expect(Object.keys(HOSTILE_DOCUMENTS).length).toBeGreaterThanOrEqual(60);
  });

  it.each(Object.entries(HOSTILE_DOCUMENTS))(
    'is refused or answered within the limits: %s',
    async (_what, document) => {
      const stretchMs = await longestStretchMs(MAX_STRETCH_MS, async () => {
        gateway.forgetCalls();
        const { data, errors = [] } = await gateway.answer(document.query, document.variables);
        const codes = errors.map(({ extensions }) => extensions?.code);
        expect(codes).not.toContain('INTERNAL_SERVER_ERROR');
        // What is refused as a whole has been refused before anything was sent.
        const isRefused = data === undefined;
        expect(!isRefused || (REFUSALS.has(codes[0]) && callCount(gateway) === 0)).toBe(true);
        expect(callCount(gateway)).toBeLessThanOrEqual(MAX_UPSTREAM_CALLS);
      });
      expect(stretchMs).toBeLessThan(MAX_STRETCH_MS);
    },
  );
});
