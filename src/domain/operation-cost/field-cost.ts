import type { Provider } from '../../provider.ts';

/**
 * What is read. All kinds but `own` are reads that one request sends once each, so that fields of one object which take
 * the same kind share them:
 *
 * - `own`: shared with nothing else of the operation; writes are among them.
 * - `customers`: a customer that something refers to.
 * - `subscriptions`, `bundles`: a Maple subscription that an invoice names, the Maple bundle that is a plan.
 * - `planDetails`, `planCharges`: a Metronome plan, and the list of its charges.
 * - `listedDetails`, `listedCharges`: the same of a plan that is a row of the catalogue, where no two are the same one.
 * - `products`: a Maple product.
 * - `pricingUnits`: the list of Metronome's pricing units.
 */
export type CallKind = (typeof CALL_KINDS)[number];

/** Every kind. */
export const CALL_KINDS = [
  'own',
  'customers',
  'subscriptions',
  'bundles',
  'planDetails',
  'planCharges',
  'listedDetails',
  'listedCharges',
  'products',
  'pricingUnits',
] as const;

/** How often upstreams are called at most. */
export type CallCounts = { readonly [kind in CallKind]?: number };

/**
 * How many reads of a kind an operation makes at most, however many objects it comes to them by, since catalogues are
 * small. Like the two numbers below it is taken for granted and not known: docs/limits.md says why, and what happens where
 * it does not hold.
 */
export const MOST_CALLS: CallCounts = { planDetails: 50, planCharges: 50, products: 50, pricingUnits: 1 };

/** How many plans a customer holds at most, now and before. */
export const MOST_HELD_PLANS = 10;

/** How many charges a plan has at most. */
export const MOST_PLAN_CHARGES = 50;

/** What an object is known to be before it has been read. */
export interface CostScope {
  /** The type, where the field's own type is abstract; it may be any possible one where this is left out. */
  readonly type?: string;
  /** Absent for what belongs to no single provider. */
  readonly provider?: Provider;
  /** Of a plan: how the operation came to it, which decides what of it is at hand. */
  readonly plan?: PlanOrigin;
  /** Of a customer: true where not all of it may be at hand. */
  readonly partial?: boolean;
  /** Of a connection: what is on its page. */
  readonly page?: CostPage;
  /** Of the answer to a mutation: how many charges it adds. */
  readonly charges?: number;
  /** Of introspection: true where the object stands for each of its kind in turn, and not for any single one. */
  readonly each?: boolean;
}

/** `held` by a customer, named by an invoice (`billed`), a row of the catalogue (`listed`), or read by its id (`read`). */
export type PlanOrigin = 'held' | 'billed' | 'listed' | 'read';

/** The page of a connection. */
export interface CostPage {
  /** At most. */
  readonly items: number;
  /** What each item may be. */
  readonly scopes: readonly CostScope[];
  /** Of the reads that items lead to: how many different ones there are at most for the whole page. */
  readonly most?: CallCounts;
}

/** Objects that a field gives for one parent: at most `count`, each of which may be in any one of the scopes. */
export interface GivenObjects {
  readonly count: number;
  readonly scopes: readonly CostScope[];
  /** Of the reads that they lead to: how many different ones there are at most for all of them together. */
  readonly most?: CallCounts;
}

/** What one field of one parent costs at most. */
export interface FieldCost {
  /** Without those of the fields below. */
  readonly calls?: CallCounts;
  /** One object in the parent's scope where it is left out. */
  readonly gives?: readonly GivenObjects[];
}

/** What a field is asked for, as far as it can be told before anything has been read. */
export interface CostQuestion {
  /** As the client gave them: not coerced, and without the schema's defaults. What is refused later may cost nothing. */
  readonly args: Readonly<Record<string, unknown>>;
  readonly scope: CostScope;
  /** The names of the fields that are selected below a path of field names that starts here. */
  selected(...path: readonly string[]): ReadonlySet<string>;
}

/** The cost of a field. */
export interface CostRule {
  (question: CostQuestion): FieldCost;
}

/** What a field declares. */
export interface DeclaredCost {
  readonly rule: CostRule;
  /** Whether what it gives counts towards MAX_NODES: objects with a global id, and the items of pages. */
  readonly counted: boolean;
}

/** What stands under `extensions` of a field. */
type CostExtensions = Readonly<Record<'cost', DeclaredCost>>;

/**
 * Declares what a field costs, to be given as `extensions` beside its description. A field without it calls no upstream
 * and gives a part of its parent. The whole of an operation is put together by src/server/operation-limits.
 */
export function cost(rule: CostRule): CostExtensions {
  return { cost: { rule, counted: false } };
}

/** The same for a field that gives objects to be counted. */
export function countedCost(rule: CostRule): CostExtensions {
  return { cost: { rule, counted: true } };
}

/** What a field declares; null where it declares nothing. */
export function declaredCost({ cost: declared }: Readonly<Record<string, unknown>>): DeclaredCost | null {
  return isDeclaredCost(declared) ? declared : null;
}

function isDeclaredCost(value: unknown): value is DeclaredCost {
  return typeof value === 'object' && value !== null && 'rule' in value && 'counted' in value;
}

/** One object in one scope. */
export function one(scope: CostScope): readonly GivenObjects[] {
  return [{ count: 1, scopes: [scope] }];
}

/** The items of the page of the connection that the field stands on. */
export const PAGE_ITEMS = countedCost(({ scope: { page } }) => ({
  gives:
    page === undefined
      ? []
      : [{ count: page.items, scopes: page.scopes, ...(page.most && { most: page.most }) }],
}));

/** No object at all: what the arguments ask for is refused before anything is read. */
export const NOTHING: FieldCost = { gives: [] };

/** Kind by kind. */
export function sumOfCalls(a: CallCounts, b: CallCounts): CallCounts {
  const sums: { [kind in CallKind]?: number } = { ...a };
  for (const kind of CALL_KINDS) {
    const count = b[kind];
    if (count !== undefined) sums[kind] = (sums[kind] ?? 0) + count;
  }
  return sums;
}
