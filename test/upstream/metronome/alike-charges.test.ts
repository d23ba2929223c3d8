import { describe, expect, it } from 'vitest';
import { UpstreamInvalidResponseError, UpstreamNotFoundError } from '../../../src/errors/upstream-error.ts';
import { alikeParts, chargeableInvoices } from '../../../src/upstream/metronome/alike-charges.ts';
import { MetronomeClient } from '../../../src/upstream/metronome/client.ts';
import type {
  MetronomeInvoice,
  MetronomeInvoiceSubLineItem,
} from '../../../src/upstream/metronome/wire.gen.ts';
import { decimal, instant } from '../../domain/mutation/charge-inputs.ts';
import { fiat } from '../new-money.ts';
import { ENDLESS, startRecordingUpstream } from '../recording-upstream.ts';
import { CHARGE_ID, CUSTOMER_ID, draft, invoicesUpstream, newCharge, page, part } from './charge-upstream.ts';
import { num, wireLine } from './wire-builders.ts';

async function chargeableIds(...invoices: readonly MetronomeInvoice[]): Promise<string[]> {
  const { client } = await invoicesUpstream(...invoices);
  const found = await chargeableInvoices(new MetronomeClient(client, ENDLESS), CUSTOMER_ID, newCharge());
  return found.map(({ id }) => id);
}

describe('the invoices that a charge can be on', () => {
  it.each(['DRAFT', 'FINALIZED', 'draft', 'SOMETHING_NEW'])('may be %s', async (status) => {
    expect(await chargeableIds(draft([part()], { status }))).toEqual(['draft-1']);
  });

  it.each(['VOID', 'void'])('are not %s', async (status) => {
    expect(await chargeableIds(draft([part()], { status }))).toEqual([]);
  });

  it.each(['2026-06-01T00:00:00.000Z', '2026-06-01T02:00:00+02:00'])(
    'start at the instant, however it is written: %s',
    async (start) => {
      expect(await chargeableIds(draft([part()], { start_timestamp: start }))).toEqual(['draft-1']);
      const { client } = await invoicesUpstream(draft([part()]));
      const charge = newCharge({ invoiceStart: instant(start) });
      expect(
        await chargeableInvoices(new MetronomeClient(client, ENDLESS), CUSTOMER_ID, charge),
      ).toHaveLength(1);
    },
  );

  it.each([['2026-06-01T00:00:01Z'], ['2026-05-01T00:00:00Z'], ['June'], [null], [undefined]])(
    'do not start at %s',
    async (start) => {
      const members = start === undefined ? {} : { start_timestamp: start };
      const { start_timestamp: _, ...invoice } = draft([part()]);
      expect(await chargeableIds({ ...invoice, ...members })).toEqual([]);
    },
  );

  it('are read whole where their rows may be summaries, and only then', async () => {
    const [summary, whole] = [draft([], { id: 'draft-2' }), draft([part()], { id: 'draft-2' })];
    const nothing = draft([], { id: 'draft-3', total: num('0') });
    const upstream = await startRecordingUpstream('METRONOME', ({ path }) =>
      path.endsWith('/invoices') ? page(draft([part()]), summary, nothing) : { data: whole },
    );
    const client = new MetronomeClient(upstream.client, ENDLESS);
    const invoices = await chargeableInvoices(client, CUSTOMER_ID, newCharge());
    expect(invoices.map(({ line_items: lines }) => lines.length)).toEqual([1, 1, 0]);
    expect(upstream.calls()).toEqual([
      'GET /v1/customers/customer-1/invoices',
      'GET /v1/customers/customer-1/invoices/draft-2',
    ]);
  });

  it('fail to be told where one of them has been forgotten in between', async () => {
    const upstream = await startRecordingUpstream('METRONOME', ({ path }) =>
      path.endsWith('/invoices') ? page(draft([])) : 404,
    );
    const client = new MetronomeClient(upstream.client, ENDLESS);
    await expect(chargeableInvoices(client, CUSTOMER_ID, newCharge())).rejects.toThrow(UpstreamNotFoundError);
  });
});

describe('a part that bills the same', () => {
  function isAlike(members: Partial<MetronomeInvoiceSubLineItem>, changes = {}): boolean {
    return alikeParts([draft([part(members)])], newCharge(changes)).length === 1;
  }

  it.each([
    ['whatever it is called', { name: 'Another' }],
    ['with its quantity in another spelling', { quantity: num('2.0') }],
    ['with its price in another spelling', { price: num('1.250e3') }],
    ['with its charge id in capitals', { charge_id: CHARGE_ID.toUpperCase() }],
    ['where Metronome does not say the price', { price: null }],
  ])('does so %s', (_, members) => {
    expect(isAlike(members)).toBe(true);
  });

  it('does so where the price is left out', () => {
    const { price: _, ...priceless } = part();
    const lines = [wireLine({ sub_line_items: [priceless] })];
    expect(alikeParts([draft([], { line_items: lines })], newCharge())).toHaveLength(1);
  });

  it.each([
    ['charge', { charge_id: '00000000-0000-4000-8000-000000000000' }],
    ['charge at all', { charge_id: null }],
    ['quantity', { quantity: num('2.000000000000000000001') }],
    ['price', { price: num('1250.000000000000000001') }],
    ['price of nothing', { price: num('0') }],
  ])('is no part of another %s', (_, members) => {
    expect(isAlike(members)).toBe(false);
  });

  it('is compared with the price as Metronome counts it', () => {
    expect(isAlike({ price: num('1250') }, { unitPrice: fiat('1250') })).toBe(false);
    expect(isAlike({ price: num('0.5') }, { unitPrice: fiat('0.005') })).toBe(true);
    expect(isAlike({ price: num('12.5') }, { unitPrice: fiat('12.5', 'EUR') })).toBe(true);
  });

  it('may stand several times on a line, and on several invoices', () => {
    const line = wireLine({ sub_line_items: [part(), part({ quantity: num('3') }), part()] });
    const invoices = [draft([], { line_items: [line] }), draft([part()], { id: 'draft-2' })];
    const parts = alikeParts(invoices, newCharge());
    expect(parts.map(({ invoice, place }) => [invoice.id, place])).toEqual([
      ['draft-1', 0],
      ['draft-1', 2],
      ['draft-2', 0],
    ]);
  });

  it('cannot be told from a number that is too long', () => {
    const quantity = num(`1${'0'.repeat(200)}`);
    expect(() => alikeParts([draft([part({ quantity })])], newCharge())).toThrow(
      UpstreamInvalidResponseError,
    );
    expect(
      alikeParts([draft([part({ quantity: num('7') })])], newCharge({ quantity: decimal('7') })),
    ).toHaveLength(1);
  });
});
