import { describe, expect, it } from 'vitest';
import { readAll } from '../../../src/connection/read-all.ts';
import { ENTERPRISE } from '../../../src/sandbox/metronome/enterprise-plan.ts';
import { metronomeId } from '../../../src/sandbox/metronome/metronome-id.ts';
import { SERVICES, STARTER } from '../../../src/sandbox/metronome/usd-plans.ts';
import { answers, lastPage, sandboxedSource } from './sandboxed-source.ts';

const showcase = metronomeId('customer', 0);
const INVOICES = `GET /v1/customers/${showcase}/invoices?limit=100&sort=date_desc`;
const chargesCall = (planId: string) => `GET /v1/planDetails/${planId}/charges?limit=100`;

const unit = { id: 'unit-eur', name: 'EUR' };
const subLine = (chargeId: string | null) => ({
  name: `about ${chargeId}`,
  quantity: 1,
  subtotal: 5,
  custom_fields: {},
  charge_id: chargeId,
});
const line = (...chargeIds: (string | null)[]) => ({
  name: 'Line',
  total: 5,
  type: 'usage',
  credit_type: unit,
  sub_line_items: chargeIds.map(subLine),
});
const invoice = (id: string, members: object) => ({
  id,
  customer_id: 'customer-1',
  status: 'FINALIZED',
  type: 'PLAN_ARREARS',
  credit_type: unit,
  line_items: [],
  total: 5,
  end_timestamp: '2026-06-01T00:00:00Z',
  plan_id: 'plan-1',
  ...members,
});
const planCharge = (id: string) => ({
  id,
  name: id,
  charge_type: 'usage',
  product_id: 'product-1',
  product_name: 'API',
  credit_type: unit,
  prices: [],
  custom_fields: {},
});
const INVOICE_LIST = '/v1/customers/customer-1/invoices';
const PLAN_CHARGES = '/v1/planDetails/plan-1/charges';

describe('oneTimeCharges', () => {
  it('gives what invoices bill beside their plans, newest first, with one look at each plan', async () => {
    const { source, calls } = await sandboxedSource();
    const stream = source.charges.oneTimeCharges(showcase);
    expect(stream.pageLimit).toBe(100);
    const charges = await readAll(stream);
    expect(charges).toHaveLength(3);
    const services = SERVICES.charges.map(({ charge }) => charge.id);
    for (const charge of charges) {
      const [customer, invoiceId, chargeId = '', place] = charge.path;
      expect(customer).toBe(showcase);
      expect(services).toContain(chargeId);
      expect(charge).toMatchObject({
        providerId: `${invoiceId}:${chargeId}:${place}`,
        customer: { provider: 'METRONOME', providerId: showcase },
      });
    }
    expect(charges.map(({ status }) => status)).toEqual(['DRAFT', 'FINALIZED', 'FINALIZED']);
    expect(charges[1]).toMatchObject({
      quantity: '1.5',
      unitPrice: { amount: '600.00' },
      total: { amount: '900.00' },
    });
    expect(calls().toSorted()).toEqual(
      [INVOICES, chargesCall(ENTERPRISE.detail.id), chargesCall(STARTER.detail.id)].toSorted(),
    );
  });

  it('reads every page of the charges of a plan before it calls a charge foreign to it', async () => {
    const { source } = await sandboxedSource({ maxPageSize: 3 });
    expect(await readAll(source.charges.oneTimeCharges(showcase))).toHaveLength(3);
  });

  it('dates a charge by its invoice', async () => {
    const lines = { line_items: [line('extra')] };
    const { source } = await sandboxedSource({
      onRequest: answers({
        [INVOICE_LIST]: lastPage(
          invoice('draft', lines),
          invoice('issued', { ...lines, issued_at: '2026-06-03T00:00:00Z' }),
        ),
        [PLAN_CHARGES]: lastPage(),
      }),
    });
    const { items } = await source.charges.oneTimeCharges('customer-1').readPage(null, 100);
    expect(items.map(({ id, date }) => [id, date])).toEqual([
      ['draft:extra:0', '2026-06-01T00:00:00Z'],
      ['issued:extra:0', '2026-06-03T00:00:00Z'],
    ]);
  });

  it('asks no plan about invoices without charges, and no invoice without a plan', async () => {
    const { source, calls } = await sandboxedSource({
      onRequest: answers({
        [INVOICE_LIST]: lastPage(
          invoice('credits', { line_items: [line(null)] }),
          invoice('contract', { plan_id: null, line_items: [line('extra')] }),
          invoice('contract-summary', { plan_id: null }),
        ),
      }),
    });
    expect(await readAll(source.charges.oneTimeCharges('customer-1'))).toEqual([]);
    expect(calls()).toHaveLength(1);
  });

  it('reads the single invoice where the row has no lines', async () => {
    const { source, calls } = await sandboxedSource({
      onRequest: answers({
        [INVOICE_LIST]: lastPage(invoice('summary', {})),
        [`${INVOICE_LIST}/summary`]: {
          data: invoice('summary', { line_items: [line('own'), line(null, 'extra')] }),
        },
        [PLAN_CHARGES]: lastPage(planCharge('own')),
      }),
    });
    const charges = await readAll(source.charges.oneTimeCharges('customer-1'));
    expect(charges.map(({ providerId }) => providerId)).toEqual(['summary:extra:2']);
    expect(calls()).toHaveLength(3);
  });

  it('fails rather than to give no charge of an invoice that is gone', async () => {
    const { source } = await sandboxedSource({
      onRequest: answers({ [INVOICE_LIST]: lastPage(invoice('gone', {})), [`${INVOICE_LIST}/gone`]: 404 }),
    });
    const reading = source.charges.oneTimeCharges('customer-1').readPage(null, 100);
    await expect(reading).rejects.toMatchObject({ code: 'NOT_FOUND', provider: 'METRONOME' });
  });

  it('fails rather than to guess where the plan of an invoice is gone', async () => {
    const { source } = await sandboxedSource({
      onRequest: answers({
        [INVOICE_LIST]: lastPage(invoice('one', { line_items: [line('extra')] })),
        [PLAN_CHARGES]: 404,
      }),
    });
    const reading = source.charges.oneTimeCharges('customer-1').readPage(null, 100);
    await expect(reading).rejects.toMatchObject({ code: 'NOT_FOUND', provider: 'METRONOME' });
  });

  it('says that the customer is unknown', async () => {
    const { source } = await sandboxedSource();
    const reading = source.charges.oneTimeCharges('00000000-0000-4000-8000-000000000000').readPage(null, 100);
    await expect(reading).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('oneTimeCharge', () => {
  it('reads each listed charge again by its path', async () => {
    const { source, anotherSource, calls } = await sandboxedSource();
    const charges = await readAll(source.charges.oneTimeCharges(showcase));
    calls();
    const other = anotherSource();
    const again = await Promise.all(charges.map(({ path }) => other.charges.oneTimeCharge(path)));
    expect(again).toEqual(charges);
    expect(calls().filter((call) => call.includes('/invoices/'))).toHaveLength(charges.length);
  });

  const rich = {
    [`${INVOICE_LIST}/one`]: { data: invoice('one', { line_items: [line('own', 'extra')] }) },
    [PLAN_CHARGES]: lastPage(planCharge('own')),
  };

  it.each([
    ['the place is another', ['customer-1', 'one', 'extra', '0']],
    ['the place is spelled otherwise', ['customer-1', 'one', 'extra', '01']],
    ['the charge is another', ['customer-1', 'one', 'other', '1']],
    ['the charge is one of the plan', ['customer-1', 'one', 'own', '0']],
    ['the invoice is unknown', ['customer-1', 'two', 'extra', '1']],
    ['the path is short', ['customer-1', 'one', 'extra']],
    ['the path is long', ['customer-1', 'one', 'extra', '1', '']],
  ])('is null when %s', async (_, path) => {
    const { source } = await sandboxedSource({
      onRequest: answers({ ...rich, [`${INVOICE_LIST}/two`]: 404 }),
    });
    expect(await source.charges.oneTimeCharge(['customer-1', 'one', 'extra', '1'])).toMatchObject({
      name: 'about extra',
    });
    expect(await source.charges.oneTimeCharge(path)).toBeNull();
  });

  it('fails where the plan of the invoice is gone', async () => {
    const { source } = await sandboxedSource({ onRequest: answers({ ...rich, [PLAN_CHARGES]: 404 }) });
    const reading = source.charges.oneTimeCharge(['customer-1', 'one', 'extra', '1']);
    await expect(reading).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
