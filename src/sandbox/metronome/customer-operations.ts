import { pageByKey } from '../http/key-page.ts';
import { wireCustomer, type CustomerRow } from './customer-directory.ts';
import {
  booleanQuery,
  customerOfPath,
  listQuery,
  pagedAnswer,
  type MetronomeAccount,
  type MetronomeCall,
} from './metronome-call.ts';
import { badRequest, MetronomeError, notFound } from './metronome-error.ts';
import {
  bodyFields,
  optionalCustomFields,
  optionalTexts,
  requiredText,
  requiredUuid,
} from './request-body.ts';

const MAX_FILTER_VALUES = 100;
const MAX_NAME_LENGTH = 160;

/**
 * GET /v1/customers (metronome.md section 3). Inferred: newest first; all filters have to hold at once; unknown ids are
 * left out silently.
 */
export function listCustomers(call: MetronomeCall): unknown {
  const { account, query } = call;
  const onlyArchived = booleanQuery(query, 'only_archived');
  const ids = listQuery(query, 'customer_ids', MAX_FILTER_VALUES);
  const accounts = listQuery(query, 'salesforce_account_ids', MAX_FILTER_VALUES);
  const wanted = accounts && new Set(accounts);
  const rows = candidateRows(account, ids, query.get('ingest_alias'));
  return pagedAnswer(call, (after, limit) =>
    pageByKey({
      rows,
      keyOf: account.directory.keyOf,
      after,
      limit,
      select: (row) => {
        if (account.directory.isArchived(row) !== onlyArchived) return undefined;
        const customer = account.directory.customerAt(row);
        if (wanted && !wanted.has(customer.salesforceAccountId ?? '')) return undefined;
        return wireCustomer(customer);
      },
    }),
  );
}

/** GET /v1/customers/{customer_id}: archived customers stay readable. */
export function getCustomer(call: MetronomeCall): unknown {
  return { data: wireCustomer(customerOfPath(call)) };
}

/** POST /v1/customers: 409 when an alias is taken, also by an archived customer (metronome.md sections 1.6, 3). */
export function createCustomer(call: MetronomeCall): unknown {
  const fields = bodyFields(call.body);
  const name = requiredText(fields, 'name').slice(0, MAX_NAME_LENGTH);
  if (name === '') throw badRequest('name must not be empty');
  const aliases = optionalTexts(fields, 'ingest_aliases', { maxItems: 2000, maxLength: 128 });
  const externalId = fields['external_id'];
  const externalIds =
    externalId === undefined
      ? []
      : optionalTexts({ external_id: [externalId] }, 'external_id', { maxItems: 1, maxLength: 128 });
  const customFields = optionalCustomFields(fields);
  const ingestAliases = [...new Set([...aliases, ...externalIds])];
  if (ingestAliases.some((alias) => call.account.directory.rowByAlias(alias) !== undefined)) {
    throw new MetronomeError(409, 'An ingest alias is already in use by another customer');
  }
  const customer = call.account.directory.add({ name, ingestAliases, customFields });
  const { id, external_id, ingest_aliases } = wireCustomer(customer);
  return { data: { id, external_id, ingest_aliases, name, custom_fields: customFields } };
}

/**
 * POST /v1/customers/archive (metronome.md sections 3, 8.7): final; voids what is still a draft. Inferred: 400 for a
 * customer that is archived already.
 */
export function archiveCustomer({ account, body }: MetronomeCall): unknown {
  const id = requiredUuid(bodyFields(body), 'id');
  const customer = account.directory.byId(id);
  if (customer === undefined) throw notFound('Customer not found');
  if (customer.archivedAt !== null) throw badRequest('Customer is already archived');
  for (const invoice of account.ledger.invoicesOf(customer)) {
    if (invoice.status === 'DRAFT') account.ledger.replace(customer, { ...invoice, status: 'VOID' });
  }
  account.directory.archive(customer);
  return { data: { id } };
}

/** The rows that ids and alias leave over, newest first. */
function candidateRows(
  { directory }: MetronomeAccount,
  ids: readonly string[] | undefined,
  alias: string | null,
): readonly CustomerRow[] {
  if (ids === undefined && alias === null) return directory.rows;
  if (alias !== null) {
    const row = directory.rowByAlias(alias);
    return row !== undefined && (ids === undefined || ids.includes(directory.customerAt(row).id))
      ? [row]
      : [];
  }
  const indexes = new Set(ids?.map((id) => directory.byId(id)?.index));
  return directory.rows.filter((row) => indexes.has(row.index));
}
