import { builder } from '../../builder.ts';
import { BadUserInputError } from '../../errors/gateway-error.ts';
import { decodeNodeId } from '../../node-id.ts';
import { readAccount } from '../account/read-account.ts';
import { invoiceRefOf } from '../invoice/invoice-queries.ts';
import { planRefOf } from '../plan/plan-queries.ts';
import { isPlanKind } from '../plan/plan.ts';
import { countedCost, NOTHING } from '../operation-cost/field-cost.ts';
import { nodeCost, nodesCost } from '../operation-cost/node-cost.ts';
import type { RequestContext } from '../request-context.ts';
import { globalIdOf } from './global-id.ts';
import { NodeType, type NodeObject } from './node-type.ts';
import type { FieldPlace } from '../selection.ts';

/** The most ids that `nodes` takes at once. */
const MAX_NODES = 100;

/** @param placeOf gives where the object stands, for failures that are reported beside data */
type NodeRead = (context: RequestContext, placeOf: () => FieldPlace) => Promise<NodeObject | null>;

builder.queryFields((t) => ({
  node: t.field({
    type: NodeType,
    nullable: true,
    description: 'Any object by its global id; null when its provider does not know it.',
    extensions: countedCost(({ args }) => nodeCost(args['id'])),
    args: { id: t.arg.id({ required: true, description: 'A global id.' }) },
    resolve: (_, { id }, context, info) => nodeRead(id, () => 'id')(context, () => info),
  }),
  nodes: t.field({
    type: [NodeType],
    nullable: { list: false, items: true },
    description:
      `Objects by their global ids, at most ${MAX_NODES}: answered in order, null where there is none. A malformed id ` +
      'costs its own place only, and no upstream call.',
    extensions: countedCost(({ args: { ids } }) => {
      const given: readonly unknown[] = Array.isArray(ids) ? ids : [ids];
      return given.length > MAX_NODES ? NOTHING : nodesCost(given);
    }),
    args: { ids: t.arg.idList({ required: true, description: 'Global ids.' }) },
    resolve: async (_, { ids }, context, info) => {
      if (ids.length > MAX_NODES)
        throw new BadUserInputError(`"ids" must not hold more than ${MAX_NODES} ids.`);
      const reads = ids.map((id, index) => readItem(id, index, context, info));
      // The objects go on together, so that what lies below them is asked for in the same batches.
      const outcomes = await Promise.allSettled(reads);
      // What is there need not be waited for again, one by one; errors keep the order of the ids.
      const found = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
      return found.length === reads.length ? found : reads;
    },
  }),
}));

/** Rejects, and does not throw, so that a failure costs its own place only. */
function readItem(
  id: string,
  index: number,
  context: RequestContext,
  info: FieldPlace,
): Promise<NodeObject | null> {
  try {
    return nodeRead(id, () => `ids[${index}]`)(context, () => itemPlace(info, index));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return Promise.reject(error);
  }
}

/** Where one item of the list under way stands. */
function itemPlace({ fieldNodes, fragments, variableValues, path }: FieldPlace, index: number): FieldPlace {
  return { fieldNodes, fragments, variableValues, path: { prev: path, key: index, typename: undefined } };
}

/**
 * @param argumentOf gives what the message names
 * @throws BadUserInputError for a malformed id
 */
function nodeRead(id: string, argumentOf: () => string): NodeRead {
  const key = decodeNodeId(id);
  switch (key?.type) {
    case undefined:
      throw new BadUserInputError(`"${argumentOf()}" is not a global id.`);
    case 'Account': {
      const [identifier = ''] = key.parts;
      return (context, placeOf) => readAccount(identifier, context, placeOf());
    }
    case 'Customer': {
      const { provider, ids } = globalIdOf('Customer', key, 'id');
      return ({ sources }) => sources[provider].customers.customer(ids[0]);
    }
    case 'Plan': {
      const ref = planRefOf(key);
      return ({ sources }) => sources[ref.provider].plans.plan(ref);
    }
    case 'PlanCharge': {
      const { provider, ids } = globalIdOf('PlanCharge', key, 'id');
      const [kind, providerId, chargeId] = ids;
      if (!isPlanKind(kind) || providerId === undefined || chargeId === undefined) {
        throw new BadUserInputError('"id" is not a global id of type PlanCharge.');
      }
      return ({ sources }) => sources[provider].charges.planCharge({ provider, kind, providerId }, chargeId);
    }
    case 'OneTimeCharge': {
      const { provider, ids } = globalIdOf('OneTimeCharge', key, 'id');
      return ({ sources }) => sources[provider].charges.oneTimeCharge(ids);
    }
    case 'Invoice': {
      const ref = invoiceRefOf(key);
      return ({ sources }) => sources[ref.provider].invoices.invoice(ref);
    }
  }
}
