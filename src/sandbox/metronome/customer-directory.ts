import type { Company } from '../dataset/companies.ts';
import type { SortKey } from '../http/key-page.ts';
import { addUtcDays } from '../sandbox-clock.ts';
import { seededRandom } from '../seeded-random.ts';
import { indexOfMetronomeId, metronomeId } from './metronome-id.ts';
import type { CustomerDetail, CustomFields } from './wire-types.ts';
import { wireMilliseconds } from './wire-time.ts';

/** A customer of the Metronome account. */
export interface MetronomeCustomer {
  readonly index: number;
  readonly id: string;
  /** The company behind it; undefined for a customer that was created through the API. */
  readonly company: Company | undefined;
  readonly name: string;
  readonly ingestAliases: readonly string[];
  readonly salesforceAccountId: string | null;
  readonly customFields: CustomFields;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly archivedAt: Date | null;
}

/** A customer's place in the directory; cheap, its details are made when asked for. */
export interface CustomerRow {
  readonly index: number;
  readonly createdAt: Date;
  readonly source: Company | MetronomeCustomer;
}

/** What a new customer brings along. */
export type NewCustomer = Pick<MetronomeCustomer, 'name' | 'ingestAliases' | 'customFields'>;

/** Every customer of the account, archived ones too. */
export interface CustomerDirectory {
  /** Newest first. */
  readonly rows: readonly CustomerRow[];
  /** The place of a row in `rows`, for paging. */
  readonly keyOf: (row: CustomerRow) => SortKey;
  /** The customer in a row, as it stands now. */
  customerAt(row: CustomerRow): MetronomeCustomer;
  /** Whether the customer in a row is archived, without making its details. */
  isArchived(row: CustomerRow): boolean;
  /** The customer with an id; undefined when there is none. */
  byId(id: string): MetronomeCustomer | undefined;
  /** The customer with an index; undefined when there is none. */
  byIndex(index: number): MetronomeCustomer | undefined;
  /** The row of the customer that owns an ingest alias; undefined when the alias is free. */
  rowByAlias(alias: string): CustomerRow | undefined;
  /** Adds a customer; its aliases must be free. */
  add(customer: NewCustomer): MetronomeCustomer;
  /** Marks a customer as archived. */
  archive(customer: MetronomeCustomer): void;
}

/** The directory of the companies that exist in Metronome. */
export function createCustomerDirectory(companies: readonly Company[], now: Date): CustomerDirectory {
  const rows: CustomerRow[] = companies
    .filter((company) => company.metronome !== 'absent')
    .map((company) => ({ index: company.index, createdAt: company.createdAt, source: company }));
  const rowsByIndex = new Map(rows.map((row) => [row.index, row]));
  const rowsByAlias = new Map(
    rows.flatMap((row) =>
      ('id' in row.source ? [] : aliasesOf(row.source)).map((alias) => [alias, row] as const),
    ),
  );
  const archivedLater = new Set<number>();
  let nextIndex = companies.length;

  const customerAt = (row: CustomerRow): MetronomeCustomer => {
    const customer = 'id' in row.source ? row.source : companyCustomer(row.source, now);
    return archivedLater.has(row.index) ? { ...customer, archivedAt: now, updatedAt: now } : customer;
  };
  const byIndex = (index: number): MetronomeCustomer | undefined => {
    const row = rowsByIndex.get(index);
    return row && customerAt(row);
  };
  return {
    rows,
    // Of created customers the latest comes first, and all of them before the companies.
    keyOf: (row) => [-row.createdAt.getTime(), 'id' in row.source ? -row.index : row.index],
    customerAt,
    isArchived: (row) =>
      archivedLater.has(row.index) || (!('id' in row.source) && row.source.metronome === 'archived'),
    byId: (id) => {
      const customer = byIndex(indexOfMetronomeId('customer', id));
      return customer?.id === id.toLowerCase() ? customer : undefined;
    },
    byIndex,
    rowByAlias: (alias) => rowsByAlias.get(alias),
    add: (fields) => {
      const index = nextIndex;
      nextIndex += 1;
      const customer: MetronomeCustomer = {
        ...fields,
        index,
        id: metronomeId('customer', index),
        company: undefined,
        salesforceAccountId: null,
        createdAt: now,
        updatedAt: now,
        archivedAt: null,
      };
      const row = { index, createdAt: now, source: customer };
      rows.unshift(row);
      rowsByIndex.set(index, row);
      for (const alias of fields.ingestAliases) rowsByAlias.set(alias, row);
      return customer;
    },
    archive: (customer) => archivedLater.add(customer.index),
  };
}

/** Long form of a customer (metronome.md section 3). */
export function wireCustomer(customer: MetronomeCustomer): CustomerDetail {
  return {
    id: customer.id,
    external_id: customer.ingestAliases[0] ?? customer.id,
    ingest_aliases: customer.ingestAliases,
    name: customer.name,
    customer_config: { salesforce_account_id: customer.salesforceAccountId },
    custom_fields: customer.customFields,
    created_at: wireMilliseconds(customer.createdAt),
    updated_at: wireMilliseconds(customer.updatedAt),
    archived_at: customer.archivedAt && wireMilliseconds(customer.archivedAt),
  };
}

/** The Salesforce account of a company; every third one has one. */
function salesforceAccountId(company: Company): string | null {
  return company.index % 3 === 0 ? `001SANDBOX${String(company.index).padStart(8, '0')}` : null;
}

function companyCustomer(company: Company, now: Date): MetronomeCustomer {
  const random = seededRandom(`metronome-customer:${company.index}`);
  const customFields: CustomFields =
    company.index === 0 || random.chance(0.4)
      ? { crm_id: `A-${company.index + 77}`, segment: random.pick(['startup', 'mid-market', 'enterprise']) }
      : {};
  return {
    index: company.index,
    id: metronomeId('customer', company.index),
    company,
    name: company.name,
    ingestAliases: aliasesOf(company),
    salesforceAccountId: salesforceAccountId(company),
    customFields,
    createdAt: company.createdAt,
    updatedAt: addUtcDays(company.createdAt, random.integer(0, 300)),
    archivedAt: company.metronome === 'archived' ? addUtcDays(now, -random.integer(1, 60)) : null,
  };
}

function aliasesOf(company: Company): readonly string[] {
  return [company.identifier, ...company.extraAliases];
}
