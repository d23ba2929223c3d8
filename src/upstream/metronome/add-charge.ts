import { MAX_PAGE_LIMIT } from '../../connection/stream.ts';
import type { NewMetronomeCharge } from '../../domain/mutation/new-charge.ts';
import { UpstreamNotFoundError } from '../../errors/upstream-error.ts';
import type { JsonObject } from '../../json/json-object.ts';
import { movePoint } from '../../money/decimal.ts';
import type { Baseline, Write } from '../../write/write.ts';
import type { UpstreamClient } from '../http/upstream-client.ts';
import { upstreamPath } from '../http/upstream-path.ts';
import { alikeParts, chargeableInvoices } from './alike-charges.ts';
import { MetronomeClient } from './client.ts';
import { everyRow } from './every-row.ts';
import { idKey } from './id-key.ts';
import { isMetronomeEmptyObject } from './wire-validators.gen.js';
import type { MetronomeAddChargeRequest, MetronomeInvoice } from './wire.gen.ts';
import { isInUnit, wirePriceOf } from './write-money.ts';

const pathOf = upstreamPath('METRONOME');

/**
 * POST /v1/customers/{customer_id}/addCharge (metronome.md section 7). Metronome gives what it adds no name, so an effect
 * is a place among the parts that bill the same charge, quantity and price on such invoices: `1` is the first.
 */
export function addChargeWrite(
  client: UpstreamClient,
  customerId: string,
  charge: NewMetronomeCharge,
): Write<null> {
  const operation = 'addOneTimeCharge';
  const path = pathOf`/v1/customers/${customerId}/addCharge`;
  const body = requestOf(charge);
  const lane = [customerId, charge.chargeId].map(idKey);
  return {
    provider: 'METRONOME',
    customerId: idKey(customerId),
    operation,
    request: { path, body },
    lane: JSON.stringify([operation, ...lane, body.invoice_start_timestamp, body.quantity, body.price]),
    async survey(signal) {
      try {
        const reads = new MetronomeClient(client, signal);
        const invoices = await chargeableInvoices(reads, customerId, charge);
        // The price is sent as a bare number, so in another unit it would be another price.
        if (!(await isUnitRight(reads, customerId, charge, invoices))) {
          const message = 'The invoice is not in the unit of this price.';
          return { kind: 'invalid', field: 'charge.metronome.unitPrice', message };
        }
        return { kind: 'ready', before: [String(alikeParts(invoices, charge).length)] };
      } catch (error) {
        if (error instanceof UpstreamNotFoundError) return { kind: 'not-found' };
        throw error;
      }
    },
    async send(idempotencyKey, signal) {
      const answer = isMetronomeEmptyObject;
      const attempt = await client.write({ operation, path, body, idempotencyKey, answer, signal });
      if (attempt.kind !== 'done') return attempt;
      const effect = (before: Baseline, claimed: ReadonlySet<string>) => [String(nextPlace(before, claimed))];
      return { kind: 'done', answer: { result: null, effect } };
    },
    async find(before, { claimed }, signal) {
      const invoices = await chargeableInvoices(new MetronomeClient(client, signal), customerId, charge);
      const place = nextPlace(before, claimed);
      return place <= alikeParts(invoices, charge).length ? [String(place)] : null;
    },
  };
}

/** Of several invoices with one start, that of the customer plan counts; where there is none, Metronome will say so. */
async function isUnitRight(
  reads: MetronomeClient,
  customerId: string,
  { customerPlanId, unitPrice }: NewMetronomeCharge,
  invoices: readonly MetronomeInvoice[],
): Promise<boolean> {
  const isRight = ({ credit_type: unit }: MetronomeInvoice): boolean => isInUnit(unitPrice, unit);
  if (invoices.every(isRight)) return true;
  if (invoices.length === 1) return false;
  const customerPlans = everyRow((token) =>
    reads.listCustomerPlans(customerId, { token, limit: MAX_PAGE_LIMIT }),
  );
  for await (const { id, plan_id: planId } of customerPlans) {
    if (idKey(id) !== idKey(customerPlanId)) continue;
    return invoices.filter(({ plan_id: billed }) => billed === planId).every(isRight);
  }
  return true;
}

function requestOf(charge: NewMetronomeCharge) {
  return {
    charge_id: charge.chargeId,
    customer_plan_id: charge.customerPlanId,
    description: charge.description,
    // Whole seconds, as the reference writes timestamps.
    invoice_start_timestamp: `${charge.invoiceStart.slice(0, 19)}Z`,
    price: JSON.rawJSON(wirePriceOf(charge.unitPrice)),
    quantity: JSON.rawJSON(movePoint(charge.quantity, 0)),
  } satisfies JsonObject & Record<keyof MetronomeAddChargeRequest, unknown>;
}

/** The first place after those that were taken before, and that belongs to no other write. */
function nextPlace([before = '0']: Baseline, claimed: ReadonlySet<string>): number {
  let place = Number(before) + 1;
  while (claimed.has(String(place))) place += 1;
  return place;
}
