import type { Company } from '../../dataset/companies.ts';
import { DAY_MS } from '../../sandbox-clock.ts';
import { seededRandom } from '../../seeded-random.ts';
import type { MapleCurrency } from '../wire/money.ts';
import { opaqueId } from '../wire/opaque-id.ts';
import type { WireObject } from '../wire/wire-object.ts';

/** A customer as the sandbox keeps it. Run rates are not here: they come from the customer's subscriptions. */
export interface CustomerRecord {
  /** Index of its company, or a number after the last company for a customer that was created over the API. */
  readonly index: number;
  readonly id: string;
  readonly identifier: string;
  readonly name: string;
  readonly orgName: string;
  readonly email: string;
  readonly billingEmails: readonly string[];
  readonly phone: string;
  readonly title: string;
  readonly locale: string;
  readonly status: string;
  readonly currency: MapleCurrency;
  readonly address: WireObject | undefined;
  readonly tags: readonly string[];
  readonly metadata: WireObject;
  readonly ownerId: string | null;
  readonly parentCustomerId: string | null;
  readonly excludeFromMetrics: boolean;
  readonly managedExternally: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Companies before this index exist in every data set, active in both systems; only they are parents. */
const POSSIBLE_PARENTS = 10;

/** The customer of a company that is not absent from Maple. Deterministic by company and `now`. */
export function customerOfCompany(company: Company, now: Date): CustomerRecord {
  const random = seededRandom(`maple-customer:${company.index}`);
  const isChild = company.index >= POSSIBLE_PARENTS && random.chance(0.08);
  const domain = `${slug(company.name)}.example.com`;
  const ageDays = Math.floor((now.getTime() - company.createdAt.getTime()) / DAY_MS);
  return {
    index: company.index,
    id: customerId(company.index),
    identifier: company.identifier,
    name: company.name,
    orgName: company.name,
    email: `billing@${domain}`,
    billingEmails: random.chance(0.3) ? [`accounts@${domain}`] : [],
    phone: '',
    title: '',
    locale: company.mapleCurrency === 'JPY' ? 'ja' : 'en',
    status: company.maple === 'archived' ? 'ARCHIVED' : 'ACTIVE',
    currency: company.mapleCurrency,
    address: {
      address_line_1: `${random.integer(1, 99)} Example Street`,
      city: 'Exampleton',
      country: COUNTRIES[company.mapleCurrency],
    },
    tags: tags(company, random.next()),
    metadata: {
      account_tier: random.pick(['bronze', 'silver', 'gold']),
      region: random.pick(['amer', 'emea', 'apac']),
    },
    ownerId: random.chance(0.5) ? `owner_${random.integer(1, 5)}` : null,
    parentCustomerId: isChild ? customerId(random.integer(0, POSSIBLE_PARENTS - 1)) : null,
    excludeFromMetrics: random.chance(0.03),
    managedExternally: random.chance(0.02),
    createdAt: company.createdAt,
    updatedAt: new Date(company.createdAt.getTime() + random.integer(0, ageDays) * DAY_MS),
  };
}

const COUNTRIES: Readonly<Record<MapleCurrency, string>> = { USD: 'US', EUR: 'DE', JPY: 'JP', KWD: 'KW' };

/** The Maple id of the customer with an index. */
export function customerId(index: number): string {
  return opaqueId('cus', { customerIndex: index, ordinal: 0 });
}

function tags(company: Company, choice: number): readonly string[] {
  if (company.index === 0) return ['strategic', 'net-30'];
  if (choice < 0.6) return [];
  return choice < 0.8 ? ['net-30'] : ['strategic'];
}

function slug(name: string): string {
  const ascii = name
    .normalize('NFKD')
    .replaceAll('Ø', 'O')
    .replaceAll(/[^\w\s-]/g, '');
  return ascii
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '-');
}
