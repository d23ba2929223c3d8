import type { Discount } from '../one-time/discount.ts';
import type { InputReader } from '../request/input-reader.ts';
import { readMoney } from '../request/read-money.ts';

const TEXTS = [
  'state',
  'coupon_id',
  'customer_id',
  'item_pricing_id',
  'onetime_billable_id',
  'product_id',
  'product_pricing_id',
  'proposal_id',
  'subscription_id',
  'import_ref',
  'imported_from',
] as const;
const DATES = ['expiration_date', 'import_created_at_ref'] as const;
const MEMBERS = ['name', 'type', 'amount', 'cap', 'percent', ...TEXTS, ...DATES] as const;

/**
 * The discounts of a request for one-time charges, every fault reported. DISCOUNT_AMOUNT, the only documented type, takes
 * off `amount`; any other word stands for the kind by percentage, whose spelling is not documented, and takes off
 * `percent`, a fraction of one (maple.md section 7). Ids, dates and state are checked for their form and play no part.
 *
 * @param currency that of the charges; undefined where they have none in common
 */
export function readDiscounts(input: InputReader, currency: string | undefined): readonly Discount[] {
  return (input.objects('discounts', MEMBERS) ?? [])
    .map((discount) => readDiscount(discount, currency))
    .filter((discount) => discount !== undefined);
}

function readDiscount(input: InputReader, currency: string | undefined): Discount | undefined {
  input.requiredText('name');
  const isAmount = input.requiredText('type') === 'DISCOUNT_AMOUNT';
  const amount = readAmount(input, 'amount', { currency, isRequired: isAmount });
  const cap = readAmount(input, 'cap', { currency, isRequired: false }) ?? null;
  const percent = input.decimal('percent');
  if (percent?.lt(0) === true || percent?.gt(1) === true) {
    input.report('percent', 'must be a fraction from 0 to 1');
  }
  for (const text of TEXTS) input.text(text);
  for (const date of DATES) input.instant(date);
  if (isAmount) return amount === undefined ? undefined : { value: { kind: 'amount', amount }, cap };
  if (percent !== undefined) return { value: { kind: 'fraction', fraction: percent }, cap };
  input.report('percent', 'is required for every type but DISCOUNT_AMOUNT');
  return undefined;
}

/** In minor units. */
function readAmount(
  input: InputReader,
  member: 'amount' | 'cap',
  { currency, isRequired }: { readonly currency: string | undefined; readonly isRequired: boolean },
): bigint | undefined {
  const money = readMoney(input, member, isRequired);
  if (money === undefined) return undefined;
  if (money.amount < 0n) input.report(member, 'must not be negative');
  if (currency !== undefined && money.currency !== currency) {
    input.report(`${member}.currency`, 'must be that of the charges');
  }
  return money.amount;
}
