import type { NodeType } from '../../node-id.ts';
import { isProvider, type Provider } from '../../provider.ts';
import { NOTHING, one, type FieldCost, type GivenObjects } from './field-cost.ts';
import { ACCOUNT_COST, CUSTOMER_CALLS } from './lookup-cost.ts';

/**
 * What reading an object by its global id costs. How the id begins tells its type and provider; that it is refused as a
 * whole, and costs nothing then, is not looked for here.
 *
 * @param id as the client gave it
 * @param only the only type that is taken, where it is not any
 */
export function nodeCost(id: unknown, only?: NodeType): FieldCost {
  const kind = kindOf(id);
  return only !== undefined && kind.type !== only ? NOTHING : kindCost(kind);
}

/** What the beginning of an id says. */
interface NodeKind {
  readonly name: string;
  readonly type: string;
  readonly provider: string;
}

function kindOf(id: unknown): NodeKind {
  return kindIn(typeof id === 'string' ? id.slice(0, BEGINNING) : '');
}

/** The same for ids that mostly begin alike, for which it is found out once. */
function createKinds(): (id: unknown) => NodeKind {
  const known = new Map<string, NodeKind>();
  return (id) => {
    if (typeof id !== 'string') return kindOf(id);
    const beginning = id.slice(0, COMMON_BEGINNING);
    const found = known.get(beginning);
    if (found !== undefined) return found;
    const kind = kindIn(beginning);
    // A longer type, or none.
    if (!isProvider(kind.provider)) return kindOf(id);
    known.set(beginning, kind);
    return kind;
  };
}

/** @param beginning of an id, in base64 */
function kindIn(beginning: string): NodeKind {
  const [type = '', provider = ''] = Buffer.from(beginning, 'base64url').toString('latin1').split(':', 2);
  return { name: `${type}:${type === 'Account' ? '' : provider}`, type, provider };
}

function kindCost({ type, provider }: NodeKind): FieldCost {
  if (type === 'Account') return { ...ACCOUNT_COST, gives: one({ type }) };
  if (!isUpstreamType(type) || !isProvider(provider)) return NOTHING;
  return {
    calls: { own: CALLS[type][provider] },
    gives: one({ type, provider, ...(type === 'Plan' && { plan: 'read' as const }) }),
  };
}

/** As long as the longest type and provider, in base64. */
const BEGINNING = 40;
/** As long as `Customer:METRONOME`, in base64. */
const COMMON_BEGINNING = 24;

function isUpstreamType(type: string): type is keyof typeof CALLS {
  return Object.hasOwn(CALLS, type);
}

/** What reading a customer by its upstream id costs. */
export function customerCost(provider: unknown): FieldCost {
  if (typeof provider !== 'string' || !isProvider(provider)) return NOTHING;
  return { calls: { own: CUSTOMER_CALLS[provider] }, gives: one({ provider }) };
}

/** There is no read of a single charge: a list is searched, of a Maple pricing also its product is read. */
const CALLS: Readonly<Record<Exclude<NodeType, 'Account'>, Readonly<Record<Provider, number>>>> = {
  Customer: CUSTOMER_CALLS,
  Plan: { METRONOME: 1, MAPLE: 1 },
  PlanCharge: { METRONOME: 1, MAPLE: 2 },
  OneTimeCharge: { METRONOME: 2, MAPLE: 1 },
  Invoice: { METRONOME: 1, MAPLE: 1 },
};

/** How many customers Metronome is asked for in one call (metronome.md section 3). */
const CUSTOMERS_A_CALL = 100;
/** Active and archived ones are asked for apart, and so are ids that are no UUIDs. */
const CALLS_A_BATCH = 4;

/** What reading several objects costs, which are all asked for at once. */
export function nodesCost(ids: readonly unknown[]): FieldCost {
  const kinds = new Map<string, { readonly cost: FieldCost; count: number }>();
  const kindOfEach = createKinds();
  for (const id of ids) {
    const kind = kindOfEach(id);
    const known = kinds.get(kind.name);
    if (known === undefined) kinds.set(kind.name, { cost: kindCost(kind), count: 1 });
    else known.count += 1;
  }
  let own = 0;
  const gives: GivenObjects[] = [];
  for (const [name, { cost, count }] of kinds) {
    const calls = count * (cost.calls?.own ?? 0);
    const batches = Math.ceil(count / CUSTOMERS_A_CALL) * CALLS_A_BATCH;
    own += name === BATCHED ? Math.min(calls, batches) : calls;
    for (const { scopes } of cost.gives ?? []) gives.push({ count, scopes });
  }
  return { calls: { own }, gives };
}

/** Customers of Metronome, which are asked for together. */
const BATCHED = 'Customer:METRONOME';
