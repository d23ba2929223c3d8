import Big from 'big.js';
import { compareSortKeys, pageByKey, type Page, type SortKey } from '../http/key-page.ts';
import { addUtcDays, DAY_MS } from '../sandbox-clock.ts';
import { dailyCosts, firstDayFrom } from './daily-costs.ts';
import { sum } from './line-items.ts';
import {
  booleanQuery,
  customerOfPath,
  pagedAnswer,
  timestampQuery,
  uuidParameter,
  wordQuery,
  type MetronomeCall,
} from './metronome-call.ts';
import { badRequest, notFound } from './metronome-error.ts';
import type { CostWindow, Invoice } from './wire-types.ts';

/**
 * GET /v1/customers/{customer_id}/invoices (metronome.md section 8.3). Inferred where the documents are silent or
 * contradict themselves: date_asc without `sort`; drafts, not issued yet, count as the latest; `ending_before` is taken
 * literally, the period has to end before it; an unknown `status` is 400.
 */
export function listInvoices(call: MetronomeCall): unknown {
  const { query } = call;
  const customer = customerOfPath(call);
  const status = wordQuery(query, 'status', ['DRAFT', 'FINALIZED', 'VOID']);
  const type = wordQuery(query, 'type', ['USAGE', 'USAGE_CONSOLIDATED', 'SCHEDULED']);
  const startingOn = timestampQuery(query, 'starting_on');
  const endingBefore = timestampQuery(query, 'ending_before');
  const creditTypeId = query.get('credit_type_id');
  const direction = wordQuery(query, 'sort', ['date_asc', 'date_desc']) === 'date_desc' ? -1 : 1;
  const skipZero = booleanQuery(query, 'skip_zero_qty_line_items');
  // No invoice of the sandbox comes from a contract.
  const isOfContract = query.has('contract_id');
  const keyOf = (invoice: Invoice): SortKey => invoiceKey(invoice, direction);
  const rows = call.account.ledger
    .invoicesOf(customer)
    .filter(
      (invoice) =>
        (status === undefined || invoice.status === status) &&
        (type === undefined || invoice.type === type) &&
        (startingOn === undefined || new Date(invoice.start_timestamp) >= startingOn) &&
        (endingBefore === undefined || new Date(invoice.end_timestamp) < endingBefore) &&
        (creditTypeId === null || invoice.credit_type.id === creditTypeId) &&
        !isOfContract,
    )
    .toSorted((a, b) => compareSortKeys(keyOf(a), keyOf(b)));
  return pagedAnswer(call, (after, limit) =>
    pageByKey({ rows, keyOf, after, limit, select: (invoice) => shownInvoice(invoice, skipZero) }),
  );
}

/** GET /v1/customers/{customer_id}/invoices/{invoice_id}: 404 for another customer's invoice too (section 8.4). */
export function getInvoice(call: MetronomeCall): unknown {
  const customer = customerOfPath(call);
  const id = uuidParameter(call, 'invoice_id');
  const skipZero = booleanQuery(call.query, 'skip_zero_qty_line_items');
  const invoice = call.account.ledger.invoicesOf(customer).find((candidate) => candidate.id === id);
  if (invoice === undefined) throw notFound('Invoice not found');
  return { data: shownInvoice(invoice, skipZero) };
}

/**
 * GET /v1/customers/{customer_id}/costs (metronome.md section 6). Inferred: one row for every UTC day that starts inside
 * the window, oldest first, days without costs included.
 */
export function listCosts(call: MetronomeCall): unknown {
  const { ledger, now } = call.account;
  const customer = customerOfPath(call);
  const startingOn = timestampQuery(call.query, 'starting_on');
  const endingBefore = timestampQuery(call.query, 'ending_before');
  if (startingOn === undefined || endingBefore === undefined) {
    throw badRequest('starting_on and ending_before are required');
  }
  if (endingBefore <= startingOn) throw badRequest('ending_before must be after starting_on');
  const [draft] = ledger
    .invoicesOf(customer)
    .filter((invoice) => invoice.status === 'DRAFT')
    .toSorted((a, b) => b.start_timestamp.localeCompare(a.start_timestamp));
  return pagedAnswer(call, (after, limit): Page<CostWindow> => {
    const lastServed = after?.[0];
    const first =
      typeof lastServed === 'number' ? addUtcDays(new Date(lastServed), 1) : firstDayFrom(startingOn);
    const left = Math.max(0, Math.ceil((endingBefore.getTime() - first.getTime()) / DAY_MS));
    const count = Math.min(limit, left);
    return {
      items: Array.from({ length: count }, (_, day) => dailyCosts(draft, addUtcDays(first, day), now)),
      lastKey: left > count ? [addUtcDays(first, count - 1).getTime()] : undefined,
    };
  });
}

function invoiceKey(invoice: Invoice, direction: 1 | -1): SortKey {
  const issuedAt = invoice.issued_at === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(invoice.issued_at);
  return [direction * issuedAt, direction * Date.parse(invoice.start_timestamp), invoice.id];
}

function shownInvoice(invoice: Invoice, skipZeroQuantity: boolean): Invoice {
  if (!skipZeroQuantity) return invoice;
  // Plans lines carry no quantity of their own, theirs is that of their sub line items.
  return {
    ...invoice,
    line_items: invoice.line_items.filter(
      (line) => !sum(line.sub_line_items.map((subLine) => subLine.quantity)).eq(new Big(0)),
    ),
  };
}
