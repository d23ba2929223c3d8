import { builder } from '../../builder.ts';
import type { Account } from '../account/account.ts';
import type { OneTimeCharge, PlanCharge } from '../charge/charge.ts';
import type { CustomerReference } from '../customer/customer.ts';
import type { Invoice } from '../invoice/invoice.ts';
import type { PlanReference } from '../plan/plan.ts';

/** Every object that a global id can name. */
export type NodeObject = Account | CustomerReference | PlanReference | PlanCharge | OneTimeCharge | Invoice;

/** GraphQL interface of everything that has a global id. */
export const NodeType = builder.interfaceRef<NodeObject>('Node').implement({
  description: 'An object that `node(id)` can read again.',
  fields: (t) => ({
    id: t.id({
      description: 'Global id: opaque, stable, and independent of whether any provider answers.',
      resolve: () => {
        throw new TypeError('each type gives its own id');
      },
    }),
  }),
  resolveType: nodeTypeName,
});

function nodeTypeName(node: NodeObject): string {
  if ('failures' in node) return 'Account';
  if ('type' in node) return node.type;
  if ('customer' in node) return 'Invoice';
  return 'kind' in node ? 'Plan' : 'Customer';
}
