import type { Company } from '../../dataset/companies.ts';
import { compareSortKeys, type SortKey } from '../../http/key-page.ts';
import { placeOfId } from '../wire/opaque-id.ts';
import { customerId, customerOfCompany, type CustomerRecord } from './customer-record.ts';

/** The members of a customer that a caller sets; an undefined one stays as it is. */
export type CustomerInput = {
  readonly [Member in SettableMember]?: CustomerRecord[Member] | undefined;
};

type SettableMember = Exclude<
  keyof CustomerRecord,
  'index' | 'id' | 'currency' | 'managedExternally' | 'createdAt' | 'updatedAt'
>;

/** Every customer of the sandbox. */
export interface CustomerTable {
  /** The customers in the order of `keyOf`; kept until a customer changes. */
  sortedBy(keyOf: (customer: CustomerRecord) => SortKey): readonly CustomerRecord[];
  /** All customers in no promised order. */
  all(): Iterable<CustomerRecord>;
  ofIndex(index: number): CustomerRecord | undefined;
  ofId(id: string): CustomerRecord | undefined;
  ofIdentifier(identifier: string): CustomerRecord | undefined;
  /** Adds a customer, newer than every other. The identifier has to be free. */
  create(input: CustomerInput & { readonly identifier: string }): CustomerRecord;
  /** Changes a customer; a new identifier has to be free. */
  update(customer: CustomerRecord, input: CustomerInput): CustomerRecord;
}

/** The customers of those companies that exist in Maple. */
export function createCustomerTable(companies: readonly Company[], now: Date): CustomerTable {
  const byIndex = new Map<number, CustomerRecord>();
  const byIdentifier = new Map<string, CustomerRecord>();
  const sorted = new Map<(customer: CustomerRecord) => SortKey, readonly CustomerRecord[]>();
  let changes = 0;

  const store = (customer: CustomerRecord): CustomerRecord => {
    byIndex.set(customer.index, customer);
    byIdentifier.set(customer.identifier, customer);
    sorted.clear();
    return customer;
  };
  /** The clock stands still, so each change moves on by a millisecond: later ones stay the newer ones. */
  const changedAt = (): Date => {
    changes += 1;
    return new Date(now.getTime() + changes);
  };

  for (const company of companies) {
    if (company.maple !== 'absent') store(customerOfCompany(company, now));
  }
  let nextIndex = companies.length;

  return {
    sortedBy(keyOf) {
      const known = sorted.get(keyOf);
      if (known !== undefined) return known;
      const rows = [...byIndex.values()]
        .map((customer) => ({ customer, key: keyOf(customer) }))
        .toSorted((a, b) => compareSortKeys(a.key, b.key))
        .map((row) => row.customer);
      sorted.set(keyOf, rows);
      return rows;
    },
    all: () => byIndex.values(),
    ofIndex: (index) => byIndex.get(index),
    ofId(id) {
      const place = placeOfId('cus', id);
      return place?.ordinal === 0 ? byIndex.get(place.customerIndex) : undefined;
    },
    ofIdentifier: (identifier) => byIdentifier.get(identifier),
    create(input) {
      const createdAt = changedAt();
      const index = nextIndex;
      nextIndex += 1;
      const blank = { ...BLANK, index, id: customerId(index), identifier: input.identifier, createdAt };
      return store(changed({ ...blank, updatedAt: createdAt }, input));
    },
    update(customer, input) {
      byIdentifier.delete(customer.identifier);
      return store({ ...changed(customer, input), updatedAt: changedAt() });
    },
  };
}

/** A created customer before its members are set; its run rates are zero, in USD. */
const BLANK = {
  name: '',
  orgName: '',
  email: '',
  billingEmails: [],
  phone: '',
  title: '',
  locale: 'en',
  status: 'ACTIVE',
  currency: 'USD',
  address: undefined,
  tags: [],
  metadata: {},
  ownerId: null,
  parentCustomerId: null,
  excludeFromMetrics: false,
  managedExternally: false,
} as const;

function changed(customer: CustomerRecord, input: CustomerInput): CustomerRecord {
  return {
    ...customer,
    identifier: input.identifier ?? customer.identifier,
    name: input.name ?? customer.name,
    orgName: input.orgName ?? customer.orgName,
    email: input.email ?? customer.email,
    billingEmails: input.billingEmails ?? customer.billingEmails,
    phone: input.phone ?? customer.phone,
    title: input.title ?? customer.title,
    locale: input.locale ?? customer.locale,
    status: input.status ?? customer.status,
    address: input.address ?? customer.address,
    tags: input.tags ?? customer.tags,
    metadata: input.metadata ?? customer.metadata,
    ownerId: input.ownerId === undefined ? customer.ownerId : input.ownerId,
    parentCustomerId:
      input.parentCustomerId === undefined ? customer.parentCustomerId : input.parentCustomerId,
    excludeFromMetrics: input.excludeFromMetrics ?? customer.excludeFromMetrics,
  };
}
