import { decodeNodeId, upstreamParts, type NodeType } from '../../node-id.ts';
import { isProvider, type Provider } from '../../provider.ts';
import { NOTHING, one, type FieldCost } from './field-cost.ts';
import { ACCOUNT_COST, CUSTOMER_CALLS } from './lookup-cost.ts';

/**
 * What reading an object by its global id costs; nothing for an id that is refused.
 *
 * @param id as the client gave it
 * @param type the only type that is taken, where it is not any
 */
export function nodeCost(id: unknown, type?: NodeType): FieldCost {
  const key = typeof id === 'string' ? decodeNodeId(id) : null;
  if (key === null || (type !== undefined && key.type !== type)) return NOTHING;
  if (key.type === 'Account') return { ...ACCOUNT_COST, gives: one({ type: 'Account' }) };
  const parts = upstreamParts(key);
  if (parts === null) return NOTHING;
  const { provider } = parts;
  return {
    calls: { own: CALLS[key.type][provider] },
    gives: one({ type: key.type, provider, ...(key.type === 'Plan' && { plan: 'read' as const }) }),
  };
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
