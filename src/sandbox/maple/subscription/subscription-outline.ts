import { seededRandom } from '../../seeded-random.ts';
import type { CustomerRecord } from '../customer/customer-record.ts';

/** What sets one subscription apart; everything else follows from it. */
export interface SubscriptionOutline {
  readonly status: string;
  /** Key of an offered bundle; a bundle of its own is generated when left out. */
  readonly bundle?: string;
  /** Whole billing periods since it started. */
  readonly periods: number;
  readonly licenses: number;
}

/** Subscriptions of the companies that exist in every data set, by company index; 0 is the showcase. */
const FIXED: readonly (readonly SubscriptionOutline[])[] = [
  [
    { status: 'ACTIVE', bundle: 'growth_usd', periods: 12, licenses: 12 },
    { status: 'TRIALING', periods: 0, licenses: 3 },
    { status: 'CANCELLED', bundle: 'messenger_usd', periods: 6, licenses: 2 },
  ],
  [
    { status: 'ACTIVE', bundle: 'developer_eur', periods: 11, licenses: 8 },
    { status: 'PAUSED', periods: 4, licenses: 1 },
  ],
  [
    { status: 'ACTIVE', bundle: 'starter_jpy', periods: 11, licenses: 25 },
    { status: 'CANCELLED', periods: 5, licenses: 4 },
  ],
  [{ status: 'ACTIVE', bundle: 'starter_kwd', periods: 11, licenses: 6 }],
  [
    { status: 'ACTIVE', bundle: 'enterprise_usd', periods: 1, licenses: 30 },
    { status: 'ENDED', bundle: 'classic_usd', periods: 9, licenses: 10 },
  ],
  [{ status: 'TRIALING', bundle: 'starter_eur', periods: 0, licenses: 2 }],
  [],
  [{ status: 'ACTIVE', periods: 7, licenses: 9 }],
  [
    { status: 'ACTIVE', bundle: 'starter_kwd', periods: 3, licenses: 1 },
    { status: 'ENDED', periods: 8, licenses: 2 },
  ],
  [
    { status: 'ACTIVE', bundle: 'starter_usd', periods: 10, licenses: 5 },
    { status: 'SUSPENDED_BY_OWNER', bundle: 'developer_usd', periods: 6, licenses: 1 },
  ],
];

const OFFERS: Readonly<Record<CustomerRecord['currency'], readonly string[]>> = {
  USD: ['starter_usd', 'growth_usd', 'developer_usd', 'messenger_usd', 'enterprise_usd'],
  EUR: ['starter_eur', 'developer_eur'],
  JPY: ['starter_jpy'],
  KWD: ['starter_kwd'],
};

/** The subscriptions of a company's customer, 0 to 3; an archived customer's are all over. */
export function subscriptionOutlines(customer: CustomerRecord): readonly SubscriptionOutline[] {
  const fixed = FIXED[customer.index];
  if (fixed !== undefined) return fixed;
  const random = seededRandom(`maple-subscriptions:${customer.index}`);
  const count = random.pick([0, 1, 1, 1, 1, 2, 2, 3]);
  return Array.from({ length: count }, () => {
    const status =
      customer.status === 'ACTIVE'
        ? random.pick([
            'ACTIVE',
            'ACTIVE',
            'ACTIVE',
            'ACTIVE',
            'ACTIVE',
            'ACTIVE',
            'ACTIVE',
            'PAUSED',
            'CANCELLED',
            'ENDED',
            'TRIALING',
          ])
        : random.pick(['CANCELLED', 'ENDED']);
    const bundle = random.pick(OFFERS[customer.currency]);
    const periods = bundle === 'enterprise_usd' ? 1 : random.integer(2, 11);
    const outline = { status, periods: status === 'TRIALING' ? 0 : periods, licenses: random.integer(1, 40) };
    return random.chance(0.25) ? outline : { ...outline, bundle };
  });
}
