import type { NodeType } from '../../node-id.ts';
import { isProvider, type Provider } from '../../provider.ts';
import { NOTHING, one, type FieldCost } from './field-cost.ts';
import { ACCOUNT_COST, CUSTOMER_CALLS } from './lookup-cost.ts';

/**
 * What reading an object by its global id costs. How the id begins tells its type and provider; that it is refused as a
 * whole, and costs nothing then, is not looked for here.
 *
 * @param id as the client gave it
 * @param only the only type that is taken, where it is not any
 */
export function nodeCost(id: unknown, only?: NodeType): FieldCost {
  const [type = '', provider = ''] = typeof id === 'string' ? beginningOf(id).split(':', 2) : [];
  if (only !== undefined && type !== only) return NOTHING;
  if (type === 'Account') return { ...ACCOUNT_COST, gives: one({ type }) };
  if (!isUpstreamType(type) || !isProvider(provider)) return NOTHING;
  return {
    calls: { own: CALLS[type][provider] },
    gives: one({ type, provider, ...(type === 'Plan' && { plan: 'read' as const }) }),
  };
}

/** As long as the longest type and provider, in base64. */
const BEGINNING = 40;

function beginningOf(id: string): string {
  return Buffer.from(id.slice(0, BEGINNING), 'base64url').toString('latin1');
}

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
  const costs = ids.map((id) => nodeCost(id));
  const gives = costs.flatMap((each) => each.gives ?? []);
  const isBatched = ({ gives: [given] = [] }: FieldCost): boolean =>
    given?.scopes[0]?.type === 'Customer' && given.scopes[0].provider === 'METRONOME';
  const alone = costs.filter((each) => !isBatched(each)).map(ownCalls);
  const batched = costs.filter(isBatched).map(ownCalls);
  const batches = Math.ceil(batched.length / CUSTOMERS_A_CALL) * CALLS_A_BATCH;
  return { calls: { own: sum(alone) + Math.min(sum(batched), batches) }, gives };
}

function ownCalls({ calls }: FieldCost): number {
  return calls?.own ?? 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
