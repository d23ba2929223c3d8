import { decodeNodeId, upstreamParts } from '../../node-id.ts';
import {
  countedCost,
  one,
  type CostQuestion,
  type CostScope,
  type FieldCost,
} from '../operation-cost/field-cost.ts';

/**
 * How often the upstream is called for one write, whatever fails: two reads before it, three attempts, and its state read
 * back after each of them, after each wait, and where an earlier call had left the write in doubt, with two reads each time.
 */
const WRITE_CALLS = { own: 21 } as const;

/** The cost of a write to the invoice that `input` names. */
export function invoiceWriteCost({ args: { input } }: CostQuestion): FieldCost {
  return { calls: WRITE_CALLS, gives: one(targetScope(member(input, 'invoiceId'))) };
}

/** The cost of adding the charges of `input`. */
export function chargeWriteCost({ args: { input } }: CostQuestion): FieldCost {
  const items = member(member(member(input, 'charge'), 'maple'), 'items');
  const charges = Array.isArray(items) ? items.length : 1;
  return { calls: WRITE_CALLS, gives: one({ ...targetScope(member(input, 'customerId')), charges }) };
}

/** The cost of the invoice of a success, which is read after the write. */
export const WRITTEN_INVOICE = countedCost(({ scope }) => ({
  calls: { own: 1 },
  gives: one(providerScope(scope)),
}));

/** The cost of the charges of a success, which are found in one list after the write. */
export const WRITTEN_CHARGES = countedCost(({ scope }) => ({
  calls: { own: 1 },
  gives: [{ count: scope.charges ?? 1, scopes: [providerScope(scope)] }],
}));

function targetScope(id: unknown): CostScope {
  const key = typeof id === 'string' ? decodeNodeId(id) : null;
  const parts = key === null ? null : upstreamParts(key);
  return parts === null ? {} : { provider: parts.provider };
}

function providerScope({ provider }: CostScope): CostScope {
  return provider === undefined ? {} : { provider };
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return new Map<string, unknown>(Object.entries(value)).get(name);
}
