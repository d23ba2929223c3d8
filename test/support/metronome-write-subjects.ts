import { encodeNodeId } from '../../src/node-id.ts';
import { pick, pickList, pickText } from './pick.ts';
import { callMetronome } from './sandbox-call.ts';
import { optional } from './wire-row.ts';
import { ADD_ONE_TIME_CHARGE, REGENERATE_INVOICE, VOID_INVOICE } from './write-operations.ts';
import { DESCRIPTION, OTHER_DESCRIPTION, type Sandboxes, type WriteSubject } from './write-subject.ts';

/** Counts in USD, and has short invoices. */
const CUSTOMER = '/v1/customers?ingest_alias=acct_1004';

/** A line on the draft of the customer. */
export const addMetronomeCharge: WriteSubject = {
  title: 'addOneTimeCharge on Metronome',
  provider: 'METRONOME',
  async prepare({ sandbox }) {
    const customer = pick(await callMetronome(sandbox, 'GET', CUSTOMER), 'data', 0);
    const customerId = pickText(customer, 'id');
    const plans = pickList(await callMetronome(sandbox, 'GET', '/v1/plans?limit=100'), 'data');
    const services = plans.find((plan) => pick(plan, 'name') === 'Services catalogue');
    const charges = await callMetronome(
      sandbox,
      'GET',
      `/v1/planDetails/${pickText(services, 'id')}/charges?limit=100`,
    );
    const held = await callMetronome(sandbox, 'GET', `/v1/customers/${customerId}/plans?limit=100`);
    const charge = {
      chargeId: pickText(charges, 'data', 0, 'id'),
      customerPlanId: pickText(held, 'data', 0, 'id'),
      invoiceStart: '2026-06-01T00:00:00Z',
      unitPrice: { amount: '12.50', currency: 'USD' },
      quantity: '2',
    };
    return {
      query: ADD_ONE_TIME_CHARGE,
      variables: (idempotencyKey, changed = false) => ({
        input: {
          idempotencyKey,
          customerId: encodeNodeId('Customer', 'METRONOME', customerId),
          charge: { metronome: { ...charge, description: changed ? OTHER_DESCRIPTION : DESCRIPTION } },
        },
      }),
      async effects() {
        const path = `/v1/customers/${customerId}/invoices?status=DRAFT&limit=100`;
        return pickList(await callMetronome(sandbox, 'GET', path), 'data')
          .flatMap((invoice) => pickList(invoice, 'line_items'))
          .flatMap((line) => pickList(line, 'sub_line_items'))
          .filter((line) => pick(line, 'name') === DESCRIPTION).length;
      },
      success: {
        __typename: 'AddOneTimeChargeSuccess',
        charges: [{ name: DESCRIPTION, quantity: '2', unitPrice: { amount: '12.50', currency: 'USD' } }],
        customer: { providerId: customerId, name: pickText(customer, 'name') },
      },
    };
  },
};

/** An issued invoice of the customer. */
export const voidMetronomeInvoice: WriteSubject = {
  title: 'voidInvoice on Metronome',
  provider: 'METRONOME',
  async prepare({ sandbox }) {
    const [invoice, other] = await metronomeInvoices(sandbox, 'FINALIZED');
    const id = pickText(invoice, 'id');
    return {
      query: VOID_INVOICE,
      variables: (idempotencyKey, changed = false) => ({
        input: { idempotencyKey, invoiceId: metronomeInvoiceId(changed ? other : invoice) },
      }),
      effects: async () => Number(pick(await metronomeInvoice(sandbox, invoice), 'status') === 'VOID'),
      success: { __typename: 'VoidInvoiceSuccess', invoice: { providerId: id, status: 'VOID' } },
    };
  },
};

/** An invoice of the customer that has been voided. */
export const regenerateMetronomeInvoice: WriteSubject = {
  title: 'regenerateInvoice on Metronome',
  provider: 'METRONOME',
  async prepare({ sandbox }) {
    const [, , doomed, otherDoomed] = await metronomeInvoices(sandbox, 'FINALIZED');
    for (const invoice of [doomed, otherDoomed])
      await callMetronome(sandbox, 'POST', '/v1/invoices/void', { id: pickText(invoice, 'id') });
    const id = pickText(doomed, 'id');
    return {
      query: REGENERATE_INVOICE,
      variables: (idempotencyKey, changed = false) => ({
        input: { idempotencyKey, invoiceId: metronomeInvoiceId(changed ? otherDoomed : doomed) },
      }),
      effects: async () =>
        (await metronomeInvoices(sandbox)).filter(
          (invoice) => optional(invoice, 'regenerated_from_invoice_id') === id,
        ).length,
      success: {
        __typename: 'RegenerateInvoiceSuccess',
        invoice: { status: 'OPEN', regeneratedFromId: id },
      },
    };
  },
};

/** Those of the customer, newest first. */
async function metronomeInvoices(sandbox: Sandboxes, status?: string): Promise<readonly unknown[]> {
  const id = pickText(await callMetronome(sandbox, 'GET', CUSTOMER), 'data', 0, 'id');
  const filter = status === undefined ? '' : `&status=${status}`;
  const path = `/v1/customers/${id}/invoices?limit=100&sort=date_desc${filter}`;
  return pickList(await callMetronome(sandbox, 'GET', path), 'data');
}

async function metronomeInvoice(sandbox: Sandboxes, invoice: unknown): Promise<unknown> {
  const path = `/v1/customers/${pickText(invoice, 'customer_id')}/invoices/${pickText(invoice, 'id')}`;
  return pick(await callMetronome(sandbox, 'GET', path), 'data');
}

function metronomeInvoiceId(invoice: unknown): string {
  return encodeNodeId('Invoice', 'METRONOME', pickText(invoice, 'customer_id'), pickText(invoice, 'id'));
}
