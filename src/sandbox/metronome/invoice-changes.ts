import { companyPlans } from './customer-plans.ts';
import { oneTimeLineItem } from './line-items.ts';
import { customerOfPath, type MetronomeCall } from './metronome-call.ts';
import { badRequest, notFound } from './metronome-error.ts';
import { metronomeId } from './metronome-id.ts';
import { chargeById, chargesOfProduct } from './plan-catalogue.ts';
import { bodyFields, requiredNumber, requiredText, requiredTimestamp, requiredUuid } from './request-body.ts';
import { wireMilliseconds } from './wire-time.ts';

/**
 * POST /v1/customers/{customer_id}/addCharge (metronome.md section 7): adds a line with one sub line item to the draft
 * whose period starts at the given instant. Inferred, as no error is listed: 404 for an unknown charge or customer plan;
 * 400 for a charge whose product is on the plan or has other than fixed charges, and when there is no such draft.
 */
export function addCharge(call: MetronomeCall): unknown {
  const { ledger, now } = call.account;
  const customer = customerOfPath(call);
  const fields = bodyFields(call.body);
  const chargeId = requiredUuid(fields, 'charge_id');
  const customerPlanId = requiredUuid(fields, 'customer_plan_id');
  const description = requiredText(fields, 'description');
  const invoiceStart = requiredTimestamp(fields, 'invoice_start_timestamp');
  const price = requiredNumber(fields, 'price');
  const quantity = requiredNumber(fields, 'quantity');

  const plans = customer.company === undefined ? [] : companyPlans(customer.company, now);
  const companyPlan = plans.find((candidate) => candidate.id === customerPlanId);
  if (companyPlan === undefined) throw notFound('Customer plan not found');
  const charge = chargeById(chargeId);
  if (charge === undefined) throw notFound('Charge not found');
  if (companyPlan.plan.charges.some((onPlan) => onPlan.charge.product_id === charge.product_id)) {
    throw badRequest("The charge's product is on the customer's plan");
  }
  if (chargesOfProduct(charge.product_id).some((sibling) => sibling.charge_type !== 'fixed')) {
    throw badRequest("The charge's product has charges that are not fixed");
  }
  const draft = ledger
    .invoicesOf(customer)
    .find(
      (invoice) =>
        invoice.status === 'DRAFT' &&
        invoice.plan_id === companyPlan.plan.detail.id &&
        Date.parse(invoice.start_timestamp) === invoiceStart.getTime(),
    );
  if (draft === undefined)
    throw badRequest('No draft invoice of this plan starts at invoice_start_timestamp');

  const line = oneTimeLineItem(charge, draft.credit_type, { description, price, quantity });
  ledger.replace(customer, {
    ...draft,
    line_items: [...draft.line_items, line],
    subtotal: draft.subtotal.plus(line.total),
    total: draft.total.plus(line.total),
  });
  return {};
}

/**
 * POST /v1/invoices/void (metronome.md section 8.6): for good. Inferred: 400 for a draft and for a voided invoice; the
 * provider's counterpart stays as it was.
 */
export function voidInvoice({ account, body }: MetronomeCall): unknown {
  const id = requiredUuid(bodyFields(body), 'id');
  const found = account.ledger.find(id);
  if (found === undefined) throw notFound('Invoice not found');
  if (found.invoice.status !== 'FINALIZED') {
    throw badRequest(`Only a finalized invoice can be voided, this one is ${found.invoice.status}`);
  }
  account.ledger.replace(found.customer, { ...found.invoice, status: 'VOID' });
  return { data: { id } };
}

/**
 * POST /v1/invoices/regenerate (metronome.md section 8.6): a new invoice in place of a voided one. Inferred: it is
 * FINALIZED and issued at once; 400 for an invoice that is not voided or has been regenerated before.
 */
export function regenerateInvoice({ account, body }: MetronomeCall): unknown {
  const id = requiredUuid(bodyFields(body), 'id');
  const found = account.ledger.find(id);
  if (found === undefined) throw notFound('Invoice not found');
  const { customer, invoice } = found;
  if (invoice.status !== 'VOID') throw badRequest('Only a voided invoice can be regenerated');
  const siblings = account.ledger.invoicesOf(customer);
  if (siblings.some((sibling) => sibling.regenerated_from_invoice_id === id)) {
    throw badRequest('The invoice has been regenerated already');
  }
  const newId = metronomeId('invoice', customer.index, `regenerated:${id}`);
  account.ledger.add(customer, {
    ...invoice,
    id: newId,
    status: 'FINALIZED',
    issued_at: wireMilliseconds(account.now),
    external_invoice: null,
    regenerated_from_invoice_id: id,
  });
  return { data: { id: newId } };
}
