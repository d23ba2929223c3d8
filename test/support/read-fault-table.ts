import type { Provider } from '../../src/provider.ts';
import { COMPUTE_TOKENS } from '../../src/sandbox/metronome/pricing-units.ts';
import { jsonFault } from './json-fault.ts';
import type { SandboxFault } from '../../src/sandbox/http/sandbox-server.ts';
import type { ReadDocument } from './read-documents.ts';

/** One read of an upstream, and the fields of a document that are lost with it. */
export interface ReadEntry {
  readonly provider: Provider;
  readonly document: ReadDocument;
  /** As `TestGateway.calls` names it, without the provider; null for all reads of the provider. */
  readonly route: string | null;
  /** Places in the answer. */
  readonly fields: readonly string[];
  /** Where only a part of the provider's items is lost: what they have in common. */
  readonly kind?: string;
  /**
   * What 404 means: a code for all of them, NOT_FOUND where it is left out, or the fields that are null without an error,
   * since the provider does not know the object; the others are NOT_FOUND then.
   */
  readonly unknown?: 'UPSTREAM_REJECTED' | 'UPSTREAM_INVALID_RESPONSE' | readonly string[];
  /** What other reads answer, where the sandbox's own answers would not lead to this one. */
  readonly given?: { readonly path: RegExp; readonly answer: SandboxFault };
}

/** A day whose unit is named by the list of units alone. */
const NAMELESS_COSTS = jsonFault({
  data: [
    {
      start_timestamp: '2026-06-01T00:00:00+00:00',
      end_timestamp: '2026-06-02T00:00:00+00:00',
      credit_types: { [COMPUTE_TOKENS.id]: { cost: 7 } },
    },
  ],
  next_page: null,
});

const LISTS_OF_ACCOUNT = ['plans', 'charges', 'invoices', 'costs', 'costTotals'].map(
  (name) => `account.${name}`,
);
const COSTS = ['account.costs', 'account.costTotals'];

const entry = (
  provider: Provider,
  document: ReadDocument,
  route: string | null,
  fields: readonly string[],
  more: Pick<ReadEntry, 'unknown' | 'given' | 'kind'> = {},
): ReadEntry => ({ provider, document, route, fields, ...more });

/** A list that belongs to nothing is always there. */
const REJECTED = { unknown: 'UPSTREAM_REJECTED' } as const;
/** An object that the provider itself has just named. */
const INVALID = { unknown: 'UPSTREAM_INVALID_RESPONSE' } as const;

/** Every read of both providers with every field that makes it. */
export const READ_ENTRIES: readonly ReadEntry[] = [
  entry('METRONOME', 'lists', 'GET /v1/customers', ['customers'], REJECTED),
  entry('METRONOME', 'lists', 'GET /v1/plans', ['plans', 'details'], REJECTED),
  entry('METRONOME', 'lists', 'GET /v1/planDetails/:id', [
    'details.nodes.0.minimums',
    'details.nodes.1.minimums',
  ]),
  entry('METRONOME', 'account', 'GET /v1/customers', ['account', ...LISTS_OF_ACCOUNT], REJECTED),
  entry('METRONOME', 'account', 'GET /v1/customers/:id/plans', ['account.plans']),
  entry('METRONOME', 'account', 'GET /v1/customers/:id/invoices', ['account.charges', 'account.invoices']),
  entry('METRONOME', 'account', 'GET /v1/customers/:id/costs', COSTS),
  entry('METRONOME', 'account', 'GET /v1/planDetails/:id/charges', ['account.charges']),
  entry('METRONOME', 'account', 'GET /v1/credit-types/list', COSTS, {
    ...REJECTED,
    given: { path: /\/costs$/, answer: NAMELESS_COSTS },
  }),
  entry('METRONOME', 'customers', 'GET /v1/customers', ['metronome', 'maple.account'], REJECTED),
  entry('METRONOME', 'customers', 'GET /v1/customers/:id/plans', ['metronome.plans']),
  entry('METRONOME', 'customers', 'GET /v1/customers/:id/invoices', [
    'metronome.charges',
    'metronome.invoices',
  ]),
  entry('METRONOME', 'customers', 'GET /v1/customers/:id/costs', ['metronome.costs']),
  entry('METRONOME', 'customers', 'GET /v1/planDetails/:id/charges', [
    'metronome.charges',
    'metronome.plans.nodes.0.charges',
    'metronome.plans.nodes.1.charges',
  ]),
  entry(
    'METRONOME',
    'objects',
    'GET /v1/customers',
    ['metronomeCustomer', 'metronomeInvoice.customer'],
    REJECTED,
  ),
  entry('METRONOME', 'objects', 'GET /v1/planDetails/:id', ['plan'], { unknown: ['plan'] }),
  entry(
    'METRONOME',
    'objects',
    'GET /v1/planDetails/:id/charges',
    ['metronomeCharge', 'plan.charges', 'planCharge'],
    { unknown: ['planCharge'] },
  ),
  entry(
    'METRONOME',
    'objects',
    'GET /v1/customers/:id/invoices/:id',
    ['metronomeCharge', 'metronomeInvoice'],
    { unknown: ['metronomeCharge', 'metronomeInvoice'] },
  ),
  entry('MAPLE', 'lists', 'POST /customers/find', ['customers']),
  entry('MAPLE', 'lists', 'POST /bundles/find', ['plans'], { kind: 'BUNDLE' }),
  entry('MAPLE', 'lists', 'POST /pricing/find', ['plans'], { kind: 'PRODUCT_PRICING' }),
  entry('MAPLE', 'account', 'POST /customers/find', ['account', ...LISTS_OF_ACCOUNT]),
  entry('MAPLE', 'account', 'POST /subscriptions/find', ['account.plans', ...COSTS]),
  entry('MAPLE', 'account', 'POST /one_times/find', ['account.charges']),
  entry('MAPLE', 'account', 'POST /invoices/find', ['account.invoices']),
  entry('MAPLE', 'account', 'POST /invoices/next', COSTS),
  entry('MAPLE', 'customers', 'GET /customers/:id', ['maple'], { unknown: ['maple'] }),
  entry('MAPLE', 'customers', 'POST /customers/find', ['metronome.account']),
  entry('MAPLE', 'customers', 'POST /subscriptions/find', ['maple.plans', 'maple.costs']),
  entry('MAPLE', 'customers', 'POST /one_times/find', ['maple.charges']),
  entry('MAPLE', 'customers', 'POST /invoices/find', ['maple.invoices']),
  entry('MAPLE', 'customers', 'POST /invoices/next', ['maple.costs']),
  entry('MAPLE', 'customers', 'GET /bundles/:id', ['maple.plans'], INVALID),
  entry('MAPLE', 'objects', 'GET /customers/:id', ['mapleCustomer', 'mapleInvoice.customer'], {
    unknown: ['mapleCustomer', 'mapleInvoice.customer'],
  }),
  entry('MAPLE', 'objects', 'GET /bundles/:id', ['bundle', 'mapleInvoice.plan'], {
    unknown: ['bundle', 'mapleInvoice.plan'],
  }),
  entry('MAPLE', 'objects', 'GET /pricing/:id', ['pricing'], { unknown: ['pricing'] }),
  entry('MAPLE', 'objects', 'GET /products/:id', ['pricing.charges'], INVALID),
  entry('MAPLE', 'objects', 'GET /invoices/:id', ['mapleInvoice'], { unknown: ['mapleInvoice'] }),
  entry('MAPLE', 'objects', 'GET /subscriptions/:id', ['mapleInvoice.plan'], {
    unknown: ['mapleInvoice.plan'],
  }),
  entry('MAPLE', 'objects', 'POST /one_times/find', ['mapleCharge'], { unknown: ['mapleCharge'] }),
];

/** What is lost where a provider cannot be reached at all. */
export const OUTAGE_ENTRIES: readonly ReadEntry[] = [
  entry('METRONOME', 'lists', null, ['customers', 'plans', 'details']),
  entry('METRONOME', 'account', null, ['account', ...LISTS_OF_ACCOUNT]),
  entry('METRONOME', 'customers', null, ['metronome', 'maple.account']),
  entry('METRONOME', 'objects', null, [
    'metronomeCustomer',
    'plan',
    'planCharge',
    'metronomeInvoice',
    'metronomeCharge',
  ]),
  entry('MAPLE', 'lists', null, ['customers', 'plans']),
  entry('MAPLE', 'account', null, ['account', ...LISTS_OF_ACCOUNT]),
  entry('MAPLE', 'customers', null, ['maple', 'metronome.account']),
  entry('MAPLE', 'objects', null, ['mapleCustomer', 'bundle', 'pricing', 'mapleInvoice', 'mapleCharge']),
];
