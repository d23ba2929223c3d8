import { pick, pickList, pickText } from './pick.ts';
import { callMetronome } from './sandbox-call.ts';
import type { TestGateway } from './test-gateway.ts';

/** Inputs of mutations for a customer of both systems, without their keys. */
export interface MutationSamples {
  /** Two at 12.50 USD. */
  readonly metronomeCharge: object;
  /** Two at 12.50 USD. */
  readonly mapleCharge: object;
  /** Issued ones, newest first. */
  readonly metronomeInvoices: readonly InvoiceSample[];
  /** Unpaid ones, newest first. */
  readonly mapleInvoices: readonly InvoiceSample[];
}

/** Input of the voiding and of the regeneration of an invoice. */
interface InvoiceSample {
  readonly invoiceId: string;
}

const CUSTOMERS = `{
  account(identifier: "acct_1001") {
    customers {
      id
      plans(first: 1) { edges { subscriptionId } }
      invoices(first: 100) { nodes { id status periodStart } }
    }
  }
}`;

/** Finds things to change in the sandboxes of a gateway. */
export async function findMutationSamples(gateway: TestGateway): Promise<MutationSamples> {
  const [metronome, maple] = pickList(await gateway.data(CUSTOMERS), 'account', 'customers');
  const plans = pickList(await callMetronome(gateway, 'GET', '/v1/plans?limit=100'), 'data');
  const services = plans.find((plan) => pick(plan, 'name') === 'Services catalogue');
  const path = `/v1/planDetails/${pickText(services, 'id')}/charges?limit=1`;
  const charges = await callMetronome(gateway, 'GET', path);
  const [draft] = invoicesOf(metronome, ['DRAFT']);
  const [unitPrice, quantity, description] = [{ amount: '12.50', currency: 'USD' }, '2', 'Workshop'];
  return {
    metronomeCharge: {
      customerId: pickText(metronome, 'id'),
      charge: {
        metronome: {
          chargeId: pickText(charges, 'data', 0, 'id'),
          customerPlanId: pickText(metronome, 'plans', 'edges', 0, 'subscriptionId'),
          invoiceStart: pickText(draft, 'periodStart'),
          unitPrice,
          quantity,
          description,
        },
      },
    },
    mapleCharge: {
      customerId: pickText(maple, 'id'),
      charge: {
        maple: {
          timing: 'NEXT',
          items: [{ quantity, customPrice: { productId: 'prod_services', unitPrice, description } }],
        },
      },
    },
    metronomeInvoices: invoicesOf(metronome, ['OPEN', 'PAID']).map(sampleOf),
    mapleInvoices: invoicesOf(maple, ['OPEN', 'OVERDUE']).map(sampleOf),
  };
}

function invoicesOf(customer: unknown, statuses: readonly string[]): readonly unknown[] {
  return pickList(customer, 'invoices', 'nodes').filter((invoice) =>
    statuses.includes(pickText(invoice, 'status')),
  );
}

function sampleOf(invoice: unknown): InvoiceSample {
  return { invoiceId: pickText(invoice, 'id') };
}
