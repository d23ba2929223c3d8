import { describe, expect, it } from 'vitest';
import {
  chargedParts,
  oneTimeChargeId,
  oneTimeChargeOf,
} from '../../../src/upstream/metronome/map-one-time-charge.ts';
import { euros, num, wireInvoice, wireLine, wireSubLine } from './wire-builders.ts';

const part = (chargeId: string | null) => wireSubLine({ charge_id: chargeId, name: `about ${chargeId}` });

describe('chargedParts', () => {
  it('counts places over all sub line items of the invoice, those without a charge included', () => {
    const invoice = wireInvoice({
      line_items: [
        wireLine({ sub_line_items: [part('a'), part(null)] }),
        wireLine({ sub_line_items: null }),
        wireLine({ sub_line_items: [part('b'), part('a')] }),
      ],
    });
    expect(chargedParts(invoice).map(oneTimeChargeId)).toEqual([
      'invoice-1:a:0',
      'invoice-1:b:2',
      'invoice-1:a:3',
    ]);
  });
});

describe('oneTimeChargeOf', () => {
  it('gives every field of a one-time charge', () => {
    const setup = wireSubLine({
      charge_id: 'charge-9',
      name: 'Setup',
      quantity: num('1.5'),
      price: num('0.1'),
      subtotal: num('0.15'),
      custom_fields: { sku: 'S' },
    });
    const line = wireLine({ credit_type: euros, product_id: 'product-9', sub_line_items: [setup] });
    const [charged] = chargedParts(wireInvoice({ status: 'Draft', line_items: [line] }));
    expect(charged === undefined ? undefined : oneTimeChargeOf(charged)).toMatchObject({
      type: 'OneTimeCharge',
      provider: 'METRONOME',
      providerId: 'invoice-1:charge-9:0',
      path: ['customer-1', 'invoice-1', 'charge-9', '0'],
      name: 'Setup',
      product: { provider: 'METRONOME', providerId: 'product-9', name: 'API' },
      customFields: { sku: 'S' },
      customer: { provider: 'METRONOME', providerId: 'customer-1' },
      quantity: '1.5',
      unitPrice: { amount: '0.10' },
      total: { amount: '0.15' },
      status: 'Draft',
      createdAt: null,
    });
  });
});
