import { addUtcDays, startOfUtcDay } from '../../sandbox-clock.ts';
import { seededRandom } from '../../seeded-random.ts';
import { pricingOfKey } from '../catalog/product-pricing.ts';
import type { CustomerRecord } from '../customer/customer-record.ts';
import { opaqueId } from '../wire/opaque-id.ts';
import type { OneTimePrice, OneTimeRecord } from './one-time-record.ts';

/** Charges of the companies that exist in every data set, by company index; others have 0 to 8. */
const FIXED_COUNTS = [6, 4, 5, 3, 0, 1, 8, 2, 4, 2] as const;

const WORK = [
  'Data migration',
  'On-site training',
  'Custom report',
  'Security review',
  'Expedited setup',
] as const;

/** Amounts of custom prices in minor units, by currency. */
const AMOUNTS: Readonly<Record<CustomerRecord['currency'], readonly bigint[]>> = {
  USD: [125_000n, 4_999n, 50n, 0n],
  EUR: [98_050n, 12_345n, 1n],
  JPY: [50_000n, 1_234n, 1n],
  KWD: [12_345n, 1_005n, 1n],
};

/**
 * The one-time charges of a company's customer, newest first. The newest half waits for the next invoice of a
 * customer that has one coming; the rest was invoiced at once.
 */
export function generateOneTimes(
  customer: CustomerRecord,
  hasUpcomingInvoice: boolean,
  now: Date,
): readonly OneTimeRecord[] {
  const random = seededRandom(`maple-one-times:${customer.index}`);
  const count = FIXED_COUNTS[customer.index] ?? random.pick([0, 0, 0, 1, 1, 2, 3, 5, 8]);
  const pending = hasUpcomingInvoice ? Math.ceil(count / 2) : 0;
  return Array.from({ length: count }, (_, age): OneTimeRecord => {
    const place = { customerIndex: customer.index, ordinal: count - 1 - age };
    const isPending = age < pending;
    const price = oneTimePrice(customer, place.ordinal);
    // Two charges share each day, so that equal dates occur.
    const createdAt = addUtcDays(startOfUtcDay(now), isPending ? -age : -20 * Math.ceil(age / 2) - 20);
    return {
      id: opaqueId('onetime', place),
      ...place,
      customerId: customer.id,
      name: price.kind === 'pricing' ? price.pricing.name : price.description,
      type: isPending ? 'NEXT' : 'IMMEDIATE',
      state: isPending ? 'PENDING' : 'INVOICED',
      aggregate: price.kind === 'pricing' ? '1' : random.pick(['1', '2', '2.5', '10']),
      price,
      currency: customer.currency,
      sortOrder: place.ordinal,
      createdAt,
      updatedAt: createdAt,
    };
  });
}

function oneTimePrice(customer: CustomerRecord, ordinal: number): OneTimePrice {
  if (ordinal % 2 === 0) {
    return { kind: 'pricing', pricing: pricingOfKey(`onboarding_${customer.currency.toLowerCase()}`) };
  }
  const amounts = AMOUNTS[customer.currency];
  return {
    kind: 'custom',
    amount: amounts[((ordinal - 1) / 2) % amounts.length] ?? 0n,
    productId: 'prod_services',
    description: WORK[ordinal % WORK.length] ?? WORK[0],
  };
}
