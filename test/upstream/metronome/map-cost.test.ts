import { describe, expect, it } from 'vitest';
import { costOf } from '../../../src/upstream/metronome/map-cost.ts';
import type { MetronomeCostWindow } from '../../../src/upstream/metronome/wire.gen.ts';
import { num, usdCents } from './wire-builders.ts';

function wireCost(creditTypes: MetronomeCostWindow['credit_types']): MetronomeCostWindow {
  return {
    start_timestamp: '2026-06-01T00:00:00Z',
    end_timestamp: '2026-06-02T00:00:00.000Z',
    credit_types: creditTypes,
  };
}

const noNames = () => Promise.reject(new Error('no name was to be looked up'));

describe('costOf', () => {
  it('gives one amount per credit type, in order and with its parts', async () => {
    const row = wireCost({
      'unit-tokens': { name: 'compute tokens', cost: num('9007199254740993') },
      [usdCents.id]: {
        name: usdCents.name,
        cost: num('123.45'),
        line_item_breakdown: [
          { name: 'Requests', cost: num('1e-7'), group_key: 'region', group_value: 'eu' },
          { name: 'Requests', cost: num('-0.005'), group_key: 'region', group_value: null },
        ],
      },
    });
    const cost = await costOf(row, 'customer-1', noNames);
    expect(cost).toMatchObject({
      provider: 'METRONOME',
      customer: { provider: 'METRONOME', providerId: 'customer-1' },
      basis: 'DAILY_USAGE',
      from: '2026-06-01T00:00:00Z',
      to: '2026-06-02T00:00:00.000Z',
    });
    expect(cost.amounts).toMatchObject([
      {
        total: { amount: '9007199254740993', unit: { kind: 'CUSTOM', providerId: 'unit-tokens' } },
        lineItems: [],
      },
      {
        total: { amount: '1.2345', unit: { currency: 'USD' } },
        lineItems: [
          { name: 'Requests', cost: { amount: '0.000000001' }, groupKey: 'region', groupValue: 'eu' },
          { name: 'Requests', cost: { amount: '-0.00005' }, groupKey: 'region', groupValue: null },
        ],
      },
    ]);
  });

  it('takes the name that a row leaves out from the pricing units', async () => {
    const row = wireCost({ 'unit-eur': { cost: num('10') } });
    const { amounts } = await costOf(row, 'customer-1', (id) =>
      Promise.resolve(id === 'unit-eur' ? 'EUR' : null),
    );
    expect(amounts[0]?.total).toMatchObject({ amount: '10.00', unit: { currency: 'EUR' } });
  });

  it('refuses a unit that nobody names', async () => {
    const row = wireCost({ 'unit-1': { cost: num('10') } });
    await expect(costOf(row, 'customer-1', () => Promise.resolve(null))).rejects.toThrow(
      'cost.credit_types.name',
    );
  });

  it.each([null, undefined])('refuses the absent amount %s and makes no zero of it', async (cost) => {
    const row = wireCost({ 'unit-1': cost === undefined ? { name: 'EUR' } : { name: 'EUR', cost } });
    await expect(costOf(row, 'customer-1', noNames)).rejects.toThrow('cost.credit_types.cost');
  });
});
