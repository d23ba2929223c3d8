/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Narrows a list of customers. All members given must hold. */
export type CustomerFilter = {
  /** One of the business's own identifiers, exact. */
  identifier?: string | null | undefined;
  /** Only customers of these providers; not empty. */
  providers?: Array<Provider> | null | undefined;
  /** Free text over names and addresses. Maple only: give it together with `providers: [MAPLE]`. */
  search?: string | null | undefined;
  /** ACTIVE when left out. UNKNOWN is refused: a customer in a state of its own is in no list, only `account` and `customer` find it. */
  status?: CustomerStatus | null | undefined;
};

/** Whether a customer is in use. */
export type CustomerStatus =
  /** In use. */
  | 'ACTIVE'
  /** Put away: left out of lists unless asked for. */
  | 'ARCHIVED'
  /** The provider says something else; see `providerStatus`. Not a filter. */
  | 'UNKNOWN';

/** Where an invoice is in its life. Nothing is called overdue by the clock: only where the provider says so. */
export type InvoiceStatus =
  /** Not final; amounts may still change. */
  | 'DRAFT'
  /** Final and to be paid: Maple PENDING, Metronome FINALIZED unless known to be paid. */
  | 'OPEN'
  /** Past its due date (Maple). */
  | 'OVERDUE'
  /** Paid. For Metronome: its counterpart at the billing provider says so. */
  | 'PAID'
  /** Paid in part (Maple). */
  | 'PARTIALLY_PAID'
  /** A payment is under way (Maple). */
  | 'PROCESSING'
  /** The provider says something else; see `providerStatus`. */
  | 'UNKNOWN'
  /** Void for good. */
  | 'VOID';

/** A billing system behind this gateway. */
export type Provider =
  /** Maple: subscription billing. */
  | 'MAPLE'
  /** Metronome: usage-based billing. */
  | 'METRONOME';

export type AccountQueryVariables = Exact<{
  identifier: string;
}>;


export type AccountQuery = { account: { id: string, identifier: string, name: string, customers: Array<{ provider: Provider, providerId: string, name: string, status: CustomerStatus }>, failures: Array<{ provider: Provider, code: string, retryable: boolean }>, invoices: { nodes: Array<{ id: string, provider: Provider, number: string | null, status: InvoiceStatus, issuedAt: string | null, total: { amount: string, currency: string | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null };

export type CustomersQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: CustomerFilter | null | undefined;
}>;


export type CustomersQuery = { customers: { edges: Array<{ cursor: string, node: { id: string, provider: Provider, providerId: string, name: string, status: CustomerStatus, createdAt: string | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, failures: Array<{ provider: Provider, code: string }> } | null };

export type InvoiceQueryVariables = Exact<{
  id: string;
}>;


export type InvoiceQuery = { invoice: { id: string, provider: Provider, status: InvoiceStatus, providerStatus: string, periodStart: string | null, periodEnd: string | null, total: { amount: string, currency: string | null, minorAmount: string | null }, lineItems: { nodes: Array<{ name: string, type: string, quantity: string | null, total: { amount: string } }> } | null } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const AccountDocument = new TypedDocumentString(`
    query Account($identifier: String!) {
  account(identifier: $identifier) {
    id
    identifier
    name
    customers {
      provider
      providerId
      name
      status
    }
    failures {
      provider
      code
      retryable
    }
    invoices(first: 5) {
      nodes {
        id
        provider
        number
        status
        issuedAt
        total {
          amount
          currency
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `, {"hash":"sha256:c06e0db6b89fb38e82d1a4db8a65cbd55bc0ae5aa8628985189155b63d8ff193"}) as unknown as TypedDocumentString<AccountQuery, AccountQueryVariables>;
export const CustomersDocument = new TypedDocumentString(`
    query Customers($first: Int = 20, $after: String, $filter: CustomerFilter) {
  customers(first: $first, after: $after, filter: $filter) {
    edges {
      cursor
      node {
        id
        provider
        providerId
        name
        status
        createdAt
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    failures {
      provider
      code
    }
  }
}
    `, {"hash":"sha256:f47aadedc8664d4b570252419c84c515e6ca19cda93741ba7769e1b86ebec60a"}) as unknown as TypedDocumentString<CustomersQuery, CustomersQueryVariables>;
export const InvoiceDocument = new TypedDocumentString(`
    query Invoice($id: ID!) {
  invoice(id: $id) {
    id
    provider
    status
    providerStatus
    periodStart
    periodEnd
    total {
      amount
      currency
      minorAmount
    }
    lineItems(first: 50) {
      nodes {
        name
        type
        quantity
        total {
          amount
        }
      }
    }
  }
}
    `, {"hash":"sha256:851538fb50c7a9a2d14a17247ed6d4a1366849fcf0bacd110150e036686d3e68"}) as unknown as TypedDocumentString<InvoiceQuery, InvoiceQueryVariables>;