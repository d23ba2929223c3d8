import Fastify from 'fastify';
import mercurius from 'mercurius';
import { billingCalls, undiciCalls } from '../billing/upstream-calls.ts';
import type { CustomerObject } from '../billing/public-objects.ts';
import { billingResolvers, customerInvoices, peerContext, type PeerContext } from './billing-resolvers.ts';
import { peerArguments } from './peer-arguments.ts';
import { SUB_SCHEMA } from './sub-schema.ts';

// Fastify and mercurius at their fastest: operations are compiled by graphql-jit from the first time on.

const { upstreams, port, manifest } = peerArguments();
const calls = billingCalls(undiciCalls(upstreams));
const { Query, Invoice, Account, Node } = billingResolvers;

declare module 'mercurius' {
  interface MercuriusContext extends PeerContext {}
}

const app = Fastify();
await app.register(mercurius, {
  schema: SUB_SCHEMA,
  resolvers: { Query, Invoice, Account, Node: { resolveType: Node.__resolveType } },
  loaders: {
    Customer: {
      invoices: {
        // It lasts for one request; there is nothing to find in it again.
        opts: { cache: false },
        loader: (queries: readonly { obj: CustomerObject; params: { first: number } }[]) =>
          Promise.all(
            queries.map(({ obj, params }) => customerInvoices(calls, obj.providerId, params.first)),
          ),
      },
    },
  },
  context: () => ({ ...peerContext(calls) }),
  jit: 1,
  persistedQueries: manifest,
});
await app.listen({ port, host: '127.0.0.1' });
