import { describe, expect, it } from 'vitest';
import { lineItemOf } from '../../../src/upstream/metronome/map-line-item.ts';
import { euros, num, tokens, wireLine, wireSubLine } from './wire-builders.ts';

const start = '2026-05-01T00:00:00Z';
const end = '2026-06-01T00:00:00Z';

describe('lineItemOf', () => {
  it('gives every field of a line', () => {
    const line = wireLine({
      quantity: num('9007199254740993'),
      unit_price: num('0.005'),
      total: num('-0.005'),
      starting_at: start,
      ending_before: end,
      is_prorated: true,
      product_id: 'product-1',
      group_key: 'region',
      group_value: 'eu',
      custom_fields: { a: 'b' },
    });
    expect(lineItemOf(line)).toMatchObject({
      name: 'API',
      lineType: 'usage',
      quantity: '9007199254740993',
      unitPrice: { amount: '0.00005' },
      total: { amount: '-0.00005', minorAmount: '-0.005' },
      startsAt: start,
      endsAt: end,
      isProrated: true,
      groupKey: 'region',
      groupValue: 'eu',
      customFields: { a: 'b' },
    });
    expect(lineItemOf(line).subLineItems()).toEqual([]);
    expect(lineItemOf(line).product).toStrictEqual({
      provider: 'METRONOME',
      providerId: 'product-1',
      name: line.name,
    });
  });

  it('leaves null what the line leaves out', () => {
    expect(lineItemOf(wireLine({ group_value: null }))).toMatchObject({
      quantity: null,
      unitPrice: null,
      startsAt: null,
      endsAt: null,
      isProrated: null,
      product: null,
      groupKey: null,
      groupValue: null,
      customFields: {},
    });
  });

  it('counts a line in its own unit, and what is inside it in the unit of the line', () => {
    const line = wireLine({
      credit_type: tokens,
      total: num('7'),
      sub_line_items: [wireSubLine({ subtotal: num('7'), price: num('3.5') })],
    });
    const { total, subLineItems } = lineItemOf(line);
    expect(total).toEqual({
      amount: '7',
      unit: { kind: 'CUSTOM', name: 'compute tokens', currency: null, providerId: 'unit-tokens' },
      minorAmount: null,
    });
    expect(subLineItems()[0]).toMatchObject({
      subtotal: total,
      unitPrice: { amount: '3.5', unit: total.unit },
    });
  });

  it('gives every field of a sub line item', () => {
    const part = wireSubLine({
      charge_id: 'charge-1',
      credit_grant_id: 'grant-1',
      start_date: start,
      end_date: end,
      tier_period: { starting_at: start },
      tiers: [{ starting_at: num('1e3'), quantity: num('0.1'), price: num('1e-7'), subtotal: num('1e-8') }],
      custom_fields: { sku: 'R1' },
    });
    const line = wireLine({ credit_type: euros, sub_line_items: [part] });
    expect(lineItemOf(line).subLineItems()[0]).toMatchObject({
      name: 'Requests',
      quantity: '2',
      unitPrice: null,
      subtotal: { amount: '100.00' },
      chargeId: 'charge-1',
      creditGrantId: 'grant-1',
      startsAt: start,
      endsAt: end,
      tierPeriod: { startsAt: start, endsAt: null },
      tiers: [
        {
          startsAt: '1000',
          quantity: '0.1',
          unitPrice: { amount: '0.0000001' },
          subtotal: { amount: '0.00000001' },
        },
      ],
      customFields: { sku: 'R1' },
    });
  });

  it('leaves null what a sub line item leaves out', () => {
    expect(lineItemOf(wireLine({ sub_line_items: [wireSubLine()] })).subLineItems()[0]).toMatchObject({
      unitPrice: null,
      chargeId: null,
      creditGrantId: null,
      startsAt: null,
      endsAt: null,
      tierPeriod: null,
      tiers: [],
    });
  });

  it.each([
    ['line_item.total', { total: num('1e999') }],
    ['line_item.starting_at', { starting_at: 'soon' }],
    ['sub_line_item.quantity', { sub_line_items: [wireSubLine({ quantity: num('1e999') })] }],
    [
      'sub_line_item.tier_period.starting_at',
      { sub_line_items: [wireSubLine({ tier_period: { starting_at: '' } })] },
    ],
  ])('names %s when the model has no form for it', (field, members) => {
    expect(() => lineItemOf(wireLine(members)).subLineItems()).toThrow(field);
  });
});
