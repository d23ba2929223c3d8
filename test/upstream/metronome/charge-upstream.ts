import type { NewMetronomeCharge } from '../../../src/domain/mutation/new-charge.ts';
import type {
  MetronomeInvoice,
  MetronomeInvoiceSubLineItem,
} from '../../../src/upstream/metronome/wire.gen.ts';
import { decimal, instant } from '../../domain/mutation/charge-inputs.ts';
import { fiat } from '../new-money.ts';
import { startRecordingUpstream, type RecordingUpstream } from '../recording-upstream.ts';
import { num, wireInvoice, wireLine, wireSubLine } from './wire-builders.ts';

export const CUSTOMER_ID = 'customer-1';
export const CHARGE_ID = 'e0a4b3c2-1d2e-4f3a-8b4c-5d6e7f8a9b05';
const START = '2026-06-01T00:00:00Z';

/** Two workshops at 12.50 USD each, with some members changed. */
export function newCharge(changes: Partial<NewMetronomeCharge> = {}): NewMetronomeCharge {
  return {
    provider: 'METRONOME',
    chargeId: CHARGE_ID,
    customerPlanId: '9a7c2f44-3f0e-4b57-9d36-0f9d1c0d2e03',
    invoiceStart: instant(START),
    unitPrice: fiat('12.50'),
    quantity: decimal('2'),
    description: 'Workshop',
    ...changes,
  };
}

/** The part of an invoice that bills `newCharge`, with some members changed. */
export function part(members: Partial<MetronomeInvoiceSubLineItem> = {}): MetronomeInvoiceSubLineItem {
  const [quantity, price, subtotal] = [num('2'), num('1250'), num('2500')];
  return wireSubLine({ name: 'Workshop', charge_id: CHARGE_ID, quantity, price, subtotal, ...members });
}

/** A draft that bills these parts, a line each. */
export function draft(
  parts: readonly MetronomeInvoiceSubLineItem[],
  members: Partial<MetronomeInvoice> = {},
): MetronomeInvoice {
  return wireInvoice({
    id: 'draft-1',
    customer_id: CUSTOMER_ID,
    status: 'DRAFT',
    start_timestamp: START,
    line_items: parts.map((sub) => wireLine({ sub_line_items: [sub] })),
    ...members,
  });
}

/** A page of a list with nothing after it. */
export function page(...data: readonly object[]): object {
  return { data, next_page: null };
}

/** An upstream whose customer has these invoices, and that takes every charge. */
export function invoicesUpstream(...invoices: readonly MetronomeInvoice[]): Promise<RecordingUpstream> {
  return startRecordingUpstream('METRONOME', ({ method }) => (method === 'GET' ? page(...invoices) : {}));
}
