import { MAX_PAGE_LIMIT } from '../../connection/stream.ts';
import type { CostSource, CostWindow } from '../../domain/cost/cost-source.ts';
import type { Cost } from '../../domain/cost/cost.ts';
import { UpstreamNotFoundError } from '../../errors/upstream-error.ts';
import { compareInstants } from '../../time/instant.ts';
import { invalidField } from '../http/wire-values.ts';
import { firstText } from './first-text.ts';
import { foundStream } from './found-rows.ts';
import type { MapleLoaders } from './loaders.ts';
import { requiredMoney } from './map-money.ts';
import { nextInvoiceAtOf, subscriptionStatusOf } from './map-subscription.ts';
import type { MapleSubscription } from './wire.gen.ts';

/**
 * Maple's running costs: the upcoming invoice of each subscription that is invoiced within the window (contract.md
 * section 'Mapping decisions').
 */
export function createCostSource(loaders: MapleLoaders): CostSource {
  return {
    costs: (customerId, window) =>
      foundStream({
        key: 'MAPLE',
        // One page size for everyone, so that a list of costs and their totals share the same calls.
        pageLimit: MAX_PAGE_LIMIT,
        read: (token, limit) =>
          loaders.subscriptionPages.load({
            query: { customer_id: customerId, next_invoice_date: { gte: window.from, lt: window.to } },
            token,
            limit,
          }),
        keep: (row) => row.customer_id === customerId && isRunning(row) && isInvoicedWithin(row, window),
        item: (row) => ({ id: row.id, date: nextInvoiceAtOf(row), read: () => readCost(loaders, row) }),
      }),
  };
}

function isRunning(row: MapleSubscription): boolean {
  const status = subscriptionStatusOf(row);
  return status === 'ACTIVE' || status === 'TRIALING';
}

function isInvoicedWithin(row: MapleSubscription, { from, to }: CostWindow): boolean {
  const at = nextInvoiceAtOf(row);
  return at !== null && compareInstants(at, from) >= 0 && compareInstants(at, to) < 0;
}

async function readCost(loaders: MapleLoaders, row: MapleSubscription): Promise<Cost> {
  const currency = firstText(row.mrr?.currency);
  if (currency === null) throw invalidField('MAPLE', 'subscription.mrr.currency');
  const invoice = await loaders.nextInvoices.load({
    customer_id: row.customer_id,
    subscription_id: row.id,
    currency,
  });
  if (invoice === null) {
    throw new UpstreamNotFoundError(
      'MAPLE',
      'The provider does not know the upcoming invoice of a subscription.',
    );
  }
  return {
    provider: 'MAPLE',
    customer: { provider: 'MAPLE', providerId: row.customer_id },
    basis: 'UPCOMING_INVOICE',
    from: null,
    to: nextInvoiceAtOf(row),
    amounts: [{ total: requiredMoney(invoice.total, 'next_invoice.total'), lineItems: [] }],
  };
}
