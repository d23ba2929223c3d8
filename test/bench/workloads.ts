import { hash } from 'node:crypto';
import { encodeNodeId } from '../../src/node-id.ts';
import { companies, type Company } from '../../src/sandbox/dataset/companies.ts';
import { metronomeId } from '../../src/sandbox/metronome/metronome-id.ts';
import { DEFAULT_SANDBOX_NOW } from '../../src/sandbox/sandbox-clock.ts';

/** What is asked: the names stand in the command line and in the tables. */
export const WORKLOADS = ['list', 'nplus1', 'account', 'large'] as const;
export type WorkloadName = (typeof WORKLOADS)[number];

/** One query over and over, or one over 1,000 customers, another each time. */
export const TRAFFICS = ['same', 'mixed'] as const;
export type Traffic = (typeof TRAFFICS)[number];

/** Names an operation to servers that answer without reading its document. */
export type OperationName = keyof typeof OPERATIONS;

/** A document, and the variables of the requests that ask it, one after another and round again. */
export interface Workload {
  readonly name: WorkloadName;
  readonly traffic: Traffic;
  readonly operation: OperationName;
  readonly document: string;
  /** SHA-256 of the document, in hex. */
  readonly sha256: string;
  readonly variables: readonly Readonly<Record<string, unknown>>[];
}

const CUSTOMER = 'id name identifiers status createdAt';
const INVOICES = 'invoices(first: 5) { nodes { id status issuedAt total { amount currency } } }';
const COSTS = 'costs(first: 31, from: "2026-06-01T00:00:00Z", to: "2026-07-01T00:00:00Z")';

/** Every document of the bench. */
export const OPERATIONS = {
  customers: `query Customers {
  customers(first: 20, filter: { providers: [METRONOME] }) { nodes { ${CUSTOMER} } }
}`,
  customersByIds: `query CustomersByIds($ids: [ID!]!) {
  nodes(ids: $ids) { ... on Customer { ${CUSTOMER} } }
}`,
  customerInvoices: `query CustomerInvoices {
  customers(first: 20, filter: { providers: [METRONOME] }) { nodes { id name ${INVOICES} } }
}`,
  customerInvoicesByIds: `query CustomerInvoicesByIds($ids: [ID!]!) {
  nodes(ids: $ids) { ... on Customer { id name ${INVOICES} } }
}`,
  account: `query Account($identifier: String!) {
  account(identifier: $identifier) {
    id
    name
    customers { id provider name status }
    plans(first: 10) { nodes { id provider name } }
    invoices(first: 10) { nodes { id provider number status issuedAt total { amount currency } } }
    ${COSTS} { nodes { provider basis from to amounts { total { amount currency } } } }
  }
}`,
  largePage: `query LargePage($customerId: String!) {
  customerByProviderId(provider: METRONOME, providerId: $customerId) {
    id
    invoices(first: 100) {
      nodes {
        id
        status
        total { amount currency }
        lineItems { nodes { name type quantity total { amount currency } } }
      }
    }
  }
}`,
} as const;

/** How many companies the upstreams know: enough for 1,000 that both systems do. */
export const COMPANY_COUNT = 3200;
const CUSTOMER_COUNT = 1000;
const PAGE = 20;
const PASSES = 20;

/** The requests of a workload. The same on every machine. */
export function workload(name: WorkloadName, traffic: Traffic): Workload {
  const { operation, variables } = parts(name, traffic);
  const document = OPERATIONS[operation];
  return { name, traffic, operation, document, sha256: sha256Of(document), variables };
}

/** Every document by its SHA-256, as a manifest of persisted operations. */
export function manifest(): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.values(OPERATIONS).map((document) => [sha256Of(document), document]));
}

function parts(name: WorkloadName, traffic: Traffic): Pick<Workload, 'operation' | 'variables'> {
  const isSame = traffic === 'same';
  switch (name) {
    case 'list':
      return isSame
        ? { operation: 'customers', variables: [{}] }
        : { operation: 'customersByIds', variables: pagesOfIds() };
    case 'nplus1':
      return isSame
        ? { operation: 'customerInvoices', variables: [{}] }
        : { operation: 'customerInvoicesByIds', variables: pagesOfIds() };
    case 'account': {
      const all = knownToBoth().map(({ identifier }) => ({ identifier }));
      return { operation: 'account', variables: isSame ? all.slice(0, 1) : all };
    }
    case 'large': {
      const all = knownToBoth().map((company) => ({ customerId: customerIdOf(company) }));
      return { operation: 'largePage', variables: isSame ? all.slice(0, 1) : all };
    }
  }
}

/** Each customer once per pass, in pages of another composition in each pass. */
function pagesOfIds(): { ids: string[] }[] {
  const ids = knownToBoth().map((company) => encodeNodeId('Customer', 'METRONOME', customerIdOf(company)));
  const pageCount = CUSTOMER_COUNT / PAGE;
  return Array.from({ length: PASSES * pageCount }, (_, page) => {
    const pass = Math.floor(page / pageCount);
    // 3 and 1,000 have no divisor in common, so each step size visits every customer once.
    const step = 3 ** (pass + 1) % CUSTOMER_COUNT;
    const first = (page % pageCount) * PAGE;
    return {
      ids: Array.from({ length: PAGE }, (_, place) => ids[((first + place) * step) % CUSTOMER_COUNT] ?? ''),
    };
  });
}

function knownToBoth(): readonly Company[] {
  return companies({ count: COMPANY_COUNT, now: DEFAULT_SANDBOX_NOW })
    .filter(({ metronome, maple }) => metronome === 'active' && maple === 'active')
    .slice(0, CUSTOMER_COUNT);
}

function customerIdOf({ index }: Company): string {
  return metronomeId('customer', index);
}

function sha256Of(document: string): string {
  return hash('sha256', document, 'hex');
}
