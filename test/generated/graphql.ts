/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** A charge to add, and the key that keeps it from being added twice. */
export type AddOneTimeChargeInput = {
  /** What to charge. */
  charge: OneTimeChargeInput;
  /** Global id of the customer to charge. */
  customerId: string;
  /** The caller's own key, 1 to 64 visible ASCII characters: the same key with the same input never charges twice. */
  idempotencyKey: string;
};

/** What makes a charge grow. */
export type ChargeKind =
  /** Other charges taken together. */
  | 'COMPOSITE'
  /** A fixed fee. */
  | 'FIXED'
  /** The difference to a minimum. */
  | 'MINIMUM'
  /** Anything else; see `providerKind`. */
  | 'OTHER'
  /** Seats, or other counted objects. */
  | 'SEAT'
  /** A recurring fee. */
  | 'SUBSCRIPTION'
  /** Metered usage. */
  | 'USAGE';

/** Where a cost comes from. */
export type CostBasis =
  /** The pending cost of one day (Metronome). */
  | 'DAILY_USAGE'
  /** The upcoming invoice of one subscription (Maple). */
  | 'UPCOMING_INVOICE';

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

/** Narrows a list of invoices. All members given must hold. */
export type InvoiceFilter = {
  /** Inclusive. Metronome compares the start of the service period, Maple the invoice date. */
  from?: string | null | undefined;
  /** Only invoices of these providers; not empty. */
  providers?: Array<Provider> | null | undefined;
  /** Only invoices in one of these; not empty. */
  statuses?: Array<InvoiceStatus> | null | undefined;
  /** Exclusive, and after `from`. Metronome compares the end of the service period, Maple the invoice date. */
  to?: string | null | undefined;
};

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

/** A price of its own. Fiat only; an amount below the currency's minor unit is InvalidInputError. */
export type MapleCustomPriceInput = {
  /** What it reads on the invoice; not blank. */
  description: string;
  /** The product that it is for. */
  productId: string;
  /** Price of one; not negative, in whole minor units by ISO 4217. */
  unitPrice: MoneyInput;
};

/** A discount on Maple one-time charges, with every member that Maple documents for one. It documents no rule of how they go together: they are sent as they are given, and what is left out is not sent. */
export type MapleDiscountInput = {
  /** What it takes off; fiat only, not negative, in whole minor units. */
  amount?: MoneyInput | null | undefined;
  /** The most that it takes off (inferred from the name); as `amount`. */
  cap?: MoneyInput | null | undefined;
  /** The coupon that it comes from. */
  couponId?: string | null | undefined;
  /** Maple's own id of a customer, not a global id. */
  customerId?: string | null | undefined;
  /** When it ends. */
  expiresAt?: string | null | undefined;
  /** When it was made there. */
  importCreatedAt?: string | null | undefined;
  /** What the discount is called where it was imported from. */
  importRef?: string | null | undefined;
  /** Where the discount was imported from. */
  importedFrom?: string | null | undefined;
  /** The item pricing that it is for. */
  itemPricingId?: string | null | undefined;
  /** What it reads on the invoice; not blank. */
  name: string;
  /** Maple's own id of the one-time charge that it is for. */
  oneTimeChargeId?: string | null | undefined;
  /** Not negative, at most 15 digits. Maple's only sample is 0.5, so 0.5 is inferred to be a half, and not half a percent. */
  percent?: string | null | undefined;
  /** The product that it is for. */
  productId?: string | null | undefined;
  /** The product pricing that it is for. */
  productPricingId?: string | null | undefined;
  /** The proposal that it comes from. */
  proposalId?: string | null | undefined;
  /** As Maple spells it: `ACTIVE` is the only documented word. */
  state?: string | null | undefined;
  /** The subscription that it is for. */
  subscriptionId?: string | null | undefined;
  /** As Maple spells it: `DISCOUNT_AMOUNT` is documented. A kind by percentage exists, its spelling is not documented. */
  type: string;
};

/** One-time charges of one Maple customer. What is left out is not sent. */
export type MapleOneTimeChargeInput = {
  /** Whether to collect the payment without the customer. */
  autoCharge?: boolean | null | undefined;
  /** Discounts on them. Maple does not say in which order several apply. */
  discounts?: Array<MapleDiscountInput> | null | undefined;
  /** Days from invoice date to due date; not negative. */
  dueAfterDays?: number | null | undefined;
  /** Date of the invoice. */
  invoiceDate?: string | null | undefined;
  /** What to charge; not empty. */
  items: Array<MapleOneTimeItemInput>;
  /** Free-form data kept with the charges. Maple does not show it again. */
  metadata?: Record<string, unknown> | null | undefined;
  /** Notes on the invoice. */
  notes?: string | null | undefined;
  /** How to pay, on the invoice. */
  paymentInstructions?: string | null | undefined;
  /** When they are invoiced. */
  timing: OneTimeChargeTiming;
};

/** One thing to charge: exactly one of `productPricingId` and `customPrice`. */
export type MapleOneTimeItemInput = {
  /** A price of its own. Whether Maple takes several currencies at once is not documented. */
  customPrice?: MapleCustomPriceInput | null | undefined;
  /** A product pricing from the catalogue. */
  productPricingId?: string | null | undefined;
  /** How many; more than zero, at most 15 digits. */
  quantity: string;
  /** Bounds on a quantity that is chosen later. */
  quantityConfig?: MapleQuantityConfigInput | null | undefined;
  /** Place among the items; that it is a whole number is inferred, its direction not documented. */
  sortOrder?: number | null | undefined;
};

/** Bounds on a quantity that is chosen later. Maple documents the members without saying what each does; what is left out is not sent. */
export type MapleQuantityConfigInput = {
  /** Whether another quantity may be chosen. */
  allowCustomQuantity?: boolean | null | undefined;
  /** The largest; not less than `minQuantity`, at most 15 digits. */
  maxQuantity?: string | null | undefined;
  /** The smallest; not negative, at most 15 digits. */
  minQuantity?: string | null | undefined;
};

/** Adds to the invoice of a customer plan that starts at invoiceStart. Converted to the scale Metronome counts the unit in (2.50 USD is sent as 250); a unit other than the invoice's, where the invoice can be read, is InvalidInputError. */
export type MetronomeOneTimeChargeInput = {
  /** A charge whose product is not on the customer's plan and has fixed charges only; a UUID. */
  chargeId: string;
  /** The customer plan whose invoice takes the charge; a UUID. */
  customerPlanId: string;
  /** What it reads on the invoice; not blank. */
  description: string;
  /** Start of the service period of that invoice: midnight UTC, as all of them are. */
  invoiceStart: string;
  /** How many; more than zero, at most 15 digits. */
  quantity: string;
  /** Price of one; not negative. May be a fraction of a cent. */
  unitPrice: MoneyInput;
};

/** An exact amount to write. Major units for fiat, as Money reads; exactly one of `currency` and `pricingUnitId`. What is sent of it, in the scale that the provider counts in, has at most 15 digits, which every JSON parser keeps. */
export type MoneyInput = {
  /** Major units for fiat, units for a custom unit. */
  amount: string;
  /** The currency. */
  currency?: string | null | undefined;
  /** Metronome id of a custom pricing unit; US dollars are given by `currency`. */
  pricingUnitId?: string | null | undefined;
};

/** A charge in the terms of the customer's provider. */
export type OneTimeChargeInput =
  {   /** For a Maple customer. */
  maple: MapleOneTimeChargeInput; metronome?: never; }
  |  { maple?: never;   /** For a Metronome customer. */
  metronome: MetronomeOneTimeChargeInput; };

/** When a Maple one-time charge is invoiced. */
export type OneTimeChargeTiming =
  /** At once, on an invoice of its own. */
  | 'IMMEDIATE'
  /** On the next invoice of the customer. */
  | 'NEXT';

/** Narrows the catalogue. */
export type PlanFilter = {
  /** Only plans of these providers; not empty. */
  providers?: Array<Provider> | null | undefined;
};

/** What kind of price offer a plan is at its provider. */
export type PlanKind =
  /** A Maple bundle: product pricings sold together. */
  | 'BUNDLE'
  /** A Metronome package (contracts accounts). */
  | 'PACKAGE'
  /** A Metronome plan. */
  | 'PLAN'
  /** A Maple product pricing. */
  | 'PRODUCT_PRICING'
  /** A Metronome rate card (contracts accounts). */
  | 'RATE_CARD';

/** Whether a plan is on offer. */
export type PlanStatus =
  /** On offer. */
  | 'ACTIVE'
  /** No longer on offer. */
  | 'ARCHIVED'
  /** The provider says something else, see `providerStatus`, or nothing (Metronome plans). */
  | 'UNKNOWN';

/** How a price follows from a quantity. */
export type PricingModel =
  /** The price is chosen within bounds. */
  | 'CUSTOM'
  /** Every unit costs the same. */
  | 'FLAT'
  /** Each tier prices the units that fall into it. */
  | 'GRADUATED'
  /** The price differs from period to period. */
  | 'SCHEDULED'
  /** Whole steps of units are priced. */
  | 'STEP'
  /** The provider names another model; see `providerModel`. */
  | 'UNKNOWN'
  /** The tier that the whole quantity reaches prices all units. */
  | 'VOLUME';

/** What kind of unit an amount counts. */
export type PricingUnitKind =
  /** A unit of the provider account's own making: credits, tokens. */
  | 'CUSTOM'
  /** A currency. */
  | 'FIAT';

/** A billing system behind this gateway. */
export type Provider =
  /** Maple: subscription billing. */
  | 'MAPLE'
  /** Metronome: usage-based billing. */
  | 'METRONOME';

/** Where a subscription is in its life. */
export type SubscriptionStatus =
  /** In force. */
  | 'ACTIVE'
  /** Given up before its end. */
  | 'CANCELLED'
  /** Past its end. */
  | 'ENDED'
  /** Held, and not billed. */
  | 'PAUSED'
  /** In force, on trial. */
  | 'TRIALING'
  /** The provider says something else; see `providerStatus`. */
  | 'UNKNOWN'
  /** Starts in the future. */
  | 'UPCOMING';

export type AddChargeMutationVariables = Exact<{
  input: AddOneTimeChargeInput;
}>;


export type AddChargeMutation = { addOneTimeCharge:
    | { __typename: 'AddOneTimeChargeSuccess', charges: Array<{ __typename: 'OneTimeCharge', id: string, provider: Provider, providerId: string, name: string, quantity: string, unitPrice: { __typename: 'Money', amount: string, currency: string | null } | null }>, customer: { __typename: 'Customer', id: string } | null }
    | { __typename: 'IdempotencyConflictError', code: string, message: string }
    | { __typename: 'InvalidInputError', code: string, message: string, field: string | null }
    | { __typename: 'NotFoundError', code: string, message: string }
    | { __typename: 'OutcomeUnknownError', code: string, message: string, idempotencyKey: string }
    | { __typename: 'UnsupportedByProviderError', code: string, message: string }
    | { __typename: 'UpstreamRejectedError', code: string, message: string }
    | { __typename: 'UpstreamUnavailableError', code: string, message: string }
   };

export type BillingOverviewQueryVariables = Exact<{
  identifier: string;
  from: string;
  to: string;
}>;


export type BillingOverviewQuery = { account: { __typename: 'Account', id: string, identifier: string, name: string, customers: Array<{ __typename: 'Customer', id: string, provider: Provider, providerId: string, name: string, status: CustomerStatus }>, failures: Array<{ __typename: 'ProviderFailure', provider: Provider, code: string, retryable: boolean }>, plans: { __typename: 'CustomerPlanConnection', edges: Array<{ __typename: 'CustomerPlanEdge', subscriptionId: string, status: SubscriptionStatus, nextInvoiceAt: string | null, node: { __typename: 'Plan', id: string, provider: Provider, name: string } }> } | null, invoices: { __typename: 'InvoiceConnection', edges: Array<{ __typename: 'InvoiceEdge', cursor: string, node: { __typename: 'Invoice', id: string, provider: Provider, number: string | null, status: InvoiceStatus, issuedAt: string | null, dueAt: string | null, total: { __typename: 'Money', amount: string, currency: string | null } } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null }, failures: Array<{ __typename: 'ProviderFailure', provider: Provider, code: string, retryable: boolean }> } | null, costTotals: Array<{ __typename: 'Money', amount: string, currency: string | null, unit: { __typename: 'PricingUnit', name: string } }> | null } | null };

export type CostChartQueryVariables = Exact<{
  identifier: string;
  from: string;
  to: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type CostChartQuery = { account: { __typename: 'Account', id: string, costTotals: Array<{ __typename: 'Money', amount: string, currency: string | null, unit: { __typename: 'PricingUnit', kind: PricingUnitKind, name: string } }> | null, costs: { __typename: 'CostConnection', nodes: Array<{ __typename: 'Cost', provider: Provider, basis: CostBasis, from: string | null, to: string | null, amounts: Array<{ __typename: 'CostAmount', total: { __typename: 'Money', amount: string, currency: string | null, unit: { __typename: 'PricingUnit', kind: PricingUnitKind, name: string } } }> }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null }, failures: Array<{ __typename: 'ProviderFailure', provider: Provider, code: string, retryable: boolean }> } | null } | null };

export type CustomerSearchQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: CustomerFilter | null | undefined;
}>;


export type CustomerSearchQuery = { customers: { __typename: 'CustomerConnection', edges: Array<{ __typename: 'CustomerEdge', cursor: string, node: { __typename: 'Customer', id: string, provider: Provider, providerId: string, name: string, email: string | null, identifiers: Array<string>, status: CustomerStatus, createdAt: string | null } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null }, failures: Array<{ __typename: 'ProviderFailure', provider: Provider, code: string, retryable: boolean }> } | null };

export type InvoiceDetailQueryVariables = Exact<{
  id: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type InvoiceDetailQuery = { invoice: { __typename: 'Invoice', id: string, provider: Provider, providerId: string, number: string | null, status: InvoiceStatus, providerStatus: string, periodStart: string | null, periodEnd: string | null, issuedAt: string | null, dueAt: string | null, paidAt: string | null, hostedUrl: string | null, pdfUrl: string | null, customer: { __typename: 'Customer', id: string, name: string } | null, subtotal: { __typename: 'Money', amount: string, currency: string | null } | null, total: { __typename: 'Money', amount: string, currency: string | null, minorAmount: string | null }, adjustments: Array<{ __typename: 'InvoiceAdjustment', name: string, total: { __typename: 'Money', amount: string, currency: string | null } }>, lineItems: { __typename: 'InvoiceLineItemConnection', nodes: Array<{ __typename: 'InvoiceLineItem', name: string, type: string, quantity: string | null, unitPrice: { __typename: 'Money', amount: string } | null, total: { __typename: 'Money', amount: string, currency: string | null }, subLineItems: Array<{ __typename: 'InvoiceSubLineItem', name: string, quantity: string, subtotal: { __typename: 'Money', amount: string, currency: string | null } }> }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } | null } | null };

export type InvoiceListQueryVariables = Exact<{
  identifier: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: InvoiceFilter | null | undefined;
}>;


export type InvoiceListQuery = { account: { __typename: 'Account', id: string, invoices: { __typename: 'InvoiceConnection', edges: Array<{ __typename: 'InvoiceEdge', cursor: string, node: { __typename: 'Invoice', id: string, provider: Provider, number: string | null, status: InvoiceStatus, issuedAt: string | null, dueAt: string | null, total: { __typename: 'Money', amount: string, currency: string | null } } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null }, failures: Array<{ __typename: 'ProviderFailure', provider: Provider, code: string, retryable: boolean }> } | null } | null };

export type PlanCatalogueQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: PlanFilter | null | undefined;
}>;


export type PlanCatalogueQuery = { plans: { __typename: 'PlanConnection', nodes: Array<{ __typename: 'Plan', id: string, provider: Provider, kind: PlanKind, name: string, description: string | null, status: PlanStatus, currency: string | null, charges: { __typename: 'PlanChargeConnection', nodes: Array<{ __typename: 'PlanCharge', id: string, name: string, kind: ChargeKind, pricing: { __typename: 'Pricing', model: PricingModel, unitPrice: string | null, flatPrice: string | null, frequency: string | null, unit: { __typename: 'PricingUnit', kind: PricingUnitKind, name: string } | null, tiers: Array<{ __typename: 'PriceTier', startsAt: string, endsAt: string | null, unitPrice: string | null, flatPrice: string | null }> } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } | null }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null }, failures: Array<{ __typename: 'ProviderFailure', provider: Provider, code: string, retryable: boolean }> } | null };

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

export const AddChargeDocument = new TypedDocumentString(`
    mutation AddCharge($input: AddOneTimeChargeInput!) {
  addOneTimeCharge(input: $input) {
    __typename
    ... on AddOneTimeChargeSuccess {
      charges {
        __typename
        id
        provider
        providerId
        name
        quantity
        unitPrice {
          __typename
          amount
          currency
        }
      }
      customer {
        __typename
        id
      }
    }
    ... on Error {
      code
      message
    }
    ... on InvalidInputError {
      field
    }
    ... on OutcomeUnknownError {
      idempotencyKey
    }
  }
}
    `, {"hash":"sha256:5cec95c0c644d9d24ef68be49d6dfbceb942ab5652d201bf0018dfc1839ab917"}) as unknown as TypedDocumentString<AddChargeMutation, AddChargeMutationVariables>;
export const BillingOverviewDocument = new TypedDocumentString(`
    query BillingOverview($identifier: String!, $from: DateTime!, $to: DateTime!) {
  account(identifier: $identifier) {
    __typename
    id
    identifier
    name
    customers {
      __typename
      id
      provider
      providerId
      name
      status
    }
    failures {
      __typename
      provider
      code
      retryable
    }
    plans(first: 10) {
      __typename
      edges {
        __typename
        subscriptionId
        status
        nextInvoiceAt
        node {
          __typename
          id
          provider
          name
        }
      }
    }
    invoices(first: 5) {
      __typename
      edges {
        __typename
        cursor
        node {
          __typename
          id
          provider
          number
          status
          issuedAt
          dueAt
          total {
            __typename
            amount
            currency
          }
        }
      }
      pageInfo {
        __typename
        hasNextPage
        endCursor
      }
      failures {
        __typename
        provider
        code
        retryable
      }
    }
    costTotals(from: $from, to: $to) {
      __typename
      amount
      currency
      unit {
        __typename
        name
      }
    }
  }
}
    `, {"hash":"sha256:891a7fce323c1cc986da1db83051346308f7e1a741cc76434c5b3ba0869fed6e"}) as unknown as TypedDocumentString<BillingOverviewQuery, BillingOverviewQueryVariables>;
export const CostChartDocument = new TypedDocumentString(`
    query CostChart($identifier: String!, $from: DateTime!, $to: DateTime!, $first: Int = 31, $after: String) {
  account(identifier: $identifier) {
    __typename
    id
    costTotals(from: $from, to: $to) {
      __typename
      amount
      currency
      unit {
        __typename
        kind
        name
      }
    }
    costs(from: $from, to: $to, first: $first, after: $after) {
      __typename
      nodes {
        __typename
        provider
        basis
        from
        to
        amounts {
          __typename
          total {
            __typename
            amount
            currency
            unit {
              __typename
              kind
              name
            }
          }
        }
      }
      pageInfo {
        __typename
        hasNextPage
        endCursor
      }
      failures {
        __typename
        provider
        code
        retryable
      }
    }
  }
}
    `, {"hash":"sha256:19269b6466440cdcaada48ea0607f6af29440289449a1448486d4f963b293a93"}) as unknown as TypedDocumentString<CostChartQuery, CostChartQueryVariables>;
export const CustomerSearchDocument = new TypedDocumentString(`
    query CustomerSearch($first: Int = 20, $after: String, $filter: CustomerFilter) {
  customers(first: $first, after: $after, filter: $filter) {
    __typename
    edges {
      __typename
      cursor
      node {
        __typename
        id
        provider
        providerId
        name
        email
        identifiers
        status
        createdAt
      }
    }
    pageInfo {
      __typename
      hasNextPage
      endCursor
    }
    failures {
      __typename
      provider
      code
      retryable
    }
  }
}
    `, {"hash":"sha256:245b97d1a95cc731a802668c26b62ba27a98563e090967c12d67cf3bcbdab578"}) as unknown as TypedDocumentString<CustomerSearchQuery, CustomerSearchQueryVariables>;
export const InvoiceDetailDocument = new TypedDocumentString(`
    query InvoiceDetail($id: ID!, $first: Int = 50, $after: String) {
  invoice(id: $id) {
    __typename
    id
    provider
    providerId
    number
    status
    providerStatus
    periodStart
    periodEnd
    issuedAt
    dueAt
    paidAt
    hostedUrl
    pdfUrl
    customer {
      __typename
      id
      name
    }
    subtotal {
      __typename
      amount
      currency
    }
    total {
      __typename
      amount
      currency
      minorAmount
    }
    adjustments {
      __typename
      name
      total {
        __typename
        amount
        currency
      }
    }
    lineItems(first: $first, after: $after) {
      __typename
      nodes {
        __typename
        name
        type
        quantity
        unitPrice {
          __typename
          amount
        }
        total {
          __typename
          amount
          currency
        }
        subLineItems {
          __typename
          name
          quantity
          subtotal {
            __typename
            amount
            currency
          }
        }
      }
      pageInfo {
        __typename
        hasNextPage
        endCursor
      }
    }
  }
}
    `, {"hash":"sha256:82b58544a9bdc8c49e3e3447b4d76fc2231a71374701777bd6566fed41b9a380"}) as unknown as TypedDocumentString<InvoiceDetailQuery, InvoiceDetailQueryVariables>;
export const InvoiceListDocument = new TypedDocumentString(`
    query InvoiceList($identifier: String!, $first: Int = 20, $after: String, $filter: InvoiceFilter) {
  account(identifier: $identifier) {
    __typename
    id
    invoices(first: $first, after: $after, filter: $filter) {
      __typename
      edges {
        __typename
        cursor
        node {
          __typename
          id
          provider
          number
          status
          issuedAt
          dueAt
          total {
            __typename
            amount
            currency
          }
        }
      }
      pageInfo {
        __typename
        hasNextPage
        endCursor
      }
      failures {
        __typename
        provider
        code
        retryable
      }
    }
  }
}
    `, {"hash":"sha256:7c56bf784f592f041517cecdffccd443ba4ff721f43d5fa2e08d6c5d393c328d"}) as unknown as TypedDocumentString<InvoiceListQuery, InvoiceListQueryVariables>;
export const PlanCatalogueDocument = new TypedDocumentString(`
    query PlanCatalogue($first: Int = 20, $after: String, $filter: PlanFilter) {
  plans(first: $first, after: $after, filter: $filter) {
    __typename
    nodes {
      __typename
      id
      provider
      kind
      name
      description
      status
      currency
      charges(first: 20) {
        __typename
        nodes {
          __typename
          id
          name
          kind
          pricing {
            __typename
            model
            unit {
              __typename
              kind
              name
            }
            unitPrice
            flatPrice
            frequency
            tiers {
              __typename
              startsAt
              endsAt
              unitPrice
              flatPrice
            }
          }
        }
        pageInfo {
          __typename
          hasNextPage
          endCursor
        }
      }
    }
    pageInfo {
      __typename
      hasNextPage
      endCursor
    }
    failures {
      __typename
      provider
      code
      retryable
    }
  }
}
    `, {"hash":"sha256:b8fcf2f8d7b5e05ca3848f77dd71e4bea4bc984d041d27d726854ba5334f8f10"}) as unknown as TypedDocumentString<PlanCatalogueQuery, PlanCatalogueQueryVariables>;