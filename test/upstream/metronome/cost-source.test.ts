import { describe, expect, it } from 'vitest';
import { readAll } from '../../../src/connection/read-all.ts';
import type { CostWindow } from '../../../src/domain/cost/cost-source.ts';
import { metronomeId } from '../../../src/sandbox/metronome/metronome-id.ts';
import { COMPUTE_TOKENS } from '../../../src/sandbox/metronome/pricing-units.ts';
import { parseInstant } from '../../../src/time/instant.ts';
import { answers, lastPage, sandboxedSource } from './sandboxed-source.ts';

const showcase = metronomeId('customer', 0);

function window(from: string, to: string): CostWindow {
  const bounds = { from: parseInstant(from), to: parseInstant(to) };
  if (bounds.from === null || bounds.to === null) throw new Error('not a window');
  return { from: bounds.from, to: bounds.to };
}

const june = window('2026-06-01T00:00:00Z', '2026-06-04T00:00:00Z');
const day = (date: string, creditTypes: object) => ({
  start_timestamp: `2026-06-0${date}T00:00:00Z`,
  end_timestamp: `2026-06-0${date}T23:59:59Z`,
  credit_types: creditTypes,
});

describe('costs', () => {
  it('are one per day of the window, dated by its start', async () => {
    const { source, calls } = await sandboxedSource();
    const { items } = await source.costs.costs(showcase, june).readPage(null, 31);
    const costs = await Promise.all(items.map(async (item) => item.read()));
    expect(items.map(({ date }) => date)).toEqual(costs.map(({ from }) => from));
    expect(costs.map(({ from, to }) => [from, to])).toEqual([
      ['2026-06-01T00:00:00Z', '2026-06-02T00:00:00Z'],
      ['2026-06-02T00:00:00Z', '2026-06-03T00:00:00Z'],
      ['2026-06-03T00:00:00Z', '2026-06-04T00:00:00Z'],
    ]);
    expect(costs[0]).toMatchObject({
      basis: 'DAILY_USAGE',
      amounts: [{ total: { unit: { currency: 'USD' } } }],
    });
    expect(calls()).toEqual([
      `GET /v1/customers/${showcase}/costs?limit=31&starting_on=2026-06-01T00:00:00Z&ending_before=2026-06-04T00:00:00Z`,
    ]);
  });

  it('walks every page', async () => {
    const { source } = await sandboxedSource({ maxPageSize: 1 });
    expect(await readAll(source.costs.costs(showcase, june))).toHaveLength(3);
  });

  it('looks the names that rows leave out up in the pricing units, each page of them once', async () => {
    const nameless = { [COMPUTE_TOKENS.id]: { cost: 7 } };
    const { source, calls } = await sandboxedSource({
      maxPageSize: 2,
      onRequest: answers({
        '/v1/customers/customer-1/costs': lastPage(day('1', nameless), day('2', nameless)),
      }),
    });
    const costs = await readAll(source.costs.costs('customer-1', june));
    const total = {
      amount: '7',
      unit: { kind: 'CUSTOM', name: 'compute tokens', providerId: COMPUTE_TOKENS.id },
    };
    expect(costs).toMatchObject([{ amounts: [{ total }] }, { amounts: [{ total }] }]);
    expect(calls().filter((call) => call.includes('credit-types'))).toEqual([
      'GET /v1/credit-types/list?limit=100',
      'GET /v1/credit-types/list?limit=100&next_page=…',
    ]);
  });

  it('fails one cost whose unit nobody names, and not the others', async () => {
    const rows = [day('1', { 'unit-x': { cost: 7 } }), day('2', { 'unit-y': { cost: 7, name: 'EUR' } })];
    const { source } = await sandboxedSource({
      onRequest: answers({ '/v1/customers/customer-1/costs': lastPage(...rows) }),
    });
    const { items } = await source.costs.costs('customer-1', june).readPage(null, 31);
    const reads = await Promise.allSettled(items.map(async (item) => item.read()));
    expect(reads).toMatchObject([
      { status: 'rejected', reason: { code: 'UPSTREAM_INVALID_RESPONSE' } },
      { status: 'fulfilled', value: { amounts: [{ total: { amount: '7.00' } }] } },
    ]);
  });

  it('says that the customer is unknown, and passes a refusal on', async () => {
    const refused = '/v1/customers/customer-1/costs';
    const { source } = await sandboxedSource({ onRequest: answers({ [refused]: 400 }) });
    const unknown = source.costs.costs('00000000-0000-4000-8000-000000000000', june);
    await expect(unknown.readPage(null, 31)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const stream = source.costs.costs('customer-1', june);
    await expect(stream.readPage(null, 31)).rejects.toMatchObject({ code: 'UPSTREAM_REJECTED', status: 400 });
  });
});
