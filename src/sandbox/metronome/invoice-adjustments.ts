import Big from 'big.js';
import type { Company } from '../dataset/companies.ts';
import type { CompanyPlan } from './customer-plans.ts';
import type { ServicePeriod } from './metered-quantity.ts';
import { metronomeId } from './metronome-id.ts';
import { USD_CENTS } from './pricing-units.ts';
import type { InvoiceAdjustment } from './wire-types.ts';

/**
 * The adjustments of an invoice (metronome.md section 8.1): what is missing to the minimums, then grants and the trial,
 * which take away, then for some USD companies a correction of -0.005 cents. Never takes more than is there.
 */
export function invoiceAdjustments(
  company: Company,
  companyPlan: CompanyPlan,
  period: ServicePeriod,
  subtotal: Big,
): readonly InvoiceAdjustment[] {
  const { creditType } = companyPlan.plan;
  const adjustments: InvoiceAdjustment[] = [];
  let running = subtotal;
  const add = (adjustment: Omit<InvoiceAdjustment, 'credit_type'>): void => {
    adjustments.push({ ...adjustment, credit_type: creditType });
    running = running.plus(adjustment.total);
  };

  for (const { name, value } of minimums(companyPlan, period.index)) {
    if (running.lt(value)) add({ name, total: value.minus(running) });
  }
  for (const grant of companyPlan.plan.detail.credit_grants ?? []) {
    const recurs = grant.recurrence_interval;
    const isGranted = recurs === undefined ? period.index === 0 : period.index % recurs === 0;
    if (!isGranted || running.lte(0)) continue;
    const drawn = grant.amount_granted.lt(running) ? grant.amount_granted : running;
    add({
      name: grant.name,
      total: drawn.neg(),
      credit_grant_id: metronomeId('credit-grant', company.index, `${grant.name}:${period.start.getTime()}`),
      credit_grant_custom_fields: { campaign: 'launch', period: String(period.index) },
    });
  }
  if (companyPlan.trialEndingBefore !== undefined && period.start < companyPlan.trialEndingBefore) {
    if (running.gt(0)) add({ name: 'Trial', total: running.neg() });
  }
  if (creditType === USD_CENTS && company.index % 4 === 0 && period.index % 2 === 1 && running.gt(1)) {
    add({ name: 'Rounding correction', total: new Big('-0.005') });
  }
  return adjustments;
}

/** The minimums that hold in a period: minimum charges, then the last of the plan's minimums to have begun. */
function minimums(
  { plan }: CompanyPlan,
  periodIndex: number,
): readonly { readonly name: string; readonly value: Big }[] {
  const charges = plan.charges
    .filter(({ charge }) => charge.charge_type === 'minimum')
    .map(({ charge }) => ({ name: charge.name, value: charge.prices[0]?.value ?? new Big(0) }));
  const ofPlan = plan.detail.minimums?.findLast((minimum) => minimum.start_period <= periodIndex);
  return ofPlan === undefined ? charges : [...charges, ofPlan];
}
