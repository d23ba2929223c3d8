import { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import { RESTDataSource, type AugmentedRequest } from '@apollo/datasource-rest';
import { InMemoryLRUCache } from '@apollo/utils.keyvaluecache';
import Fastify from 'fastify';
import { billingCalls, type UpstreamCall } from '../billing/upstream-calls.ts';
import { billingResolvers, peerContext, type PeerContext } from './billing-resolvers.ts';
import { peerArguments } from './peer-arguments.ts';
import { SUB_SCHEMA } from './sub-schema.ts';

// Apollo Server in front of Fastify, with a RESTDataSource for each system and request, and DataLoader.

class BillingDataSource extends RESTDataSource {
  readonly #token: string;

  constructor(baseURL: string, token: string) {
    super();
    this.baseURL = baseURL;
    this.#token = token;
  }

  override willSendRequest(_path: string, request: AugmentedRequest): void {
    request.headers['authorization'] = `Bearer ${this.#token}`;
  }

  readonly call: UpstreamCall = (path, body) =>
    // Paths below a base address have no slash in front of them.
    body === undefined ? this.get(path.slice(1)) : this.post(path.slice(1), { body });
}

const { upstreams, port, manifest } = peerArguments();
const { metronome, maple } = upstreams;
const cache = new InMemoryLRUCache();
for (const [sha256, document] of Object.entries(manifest)) await cache.set(`apq:${sha256}`, document);
const server = new ApolloServer<PeerContext>({
  typeDefs: SUB_SCHEMA,
  resolvers: billingResolvers,
  persistedQueries: { cache },
  stopOnTerminationSignals: false,
});
await server.start();
const app = Fastify();
app.route({
  method: ['GET', 'POST'],
  url: '/graphql',
  handler: fastifyApolloHandler(server, {
    context: () => {
      const calls = {
        metronome: new BillingDataSource(`${metronome.url}/`, metronome.token).call,
        maple: new BillingDataSource(`${maple.url}/api/v1/companies/${maple.companyId}/`, maple.token).call,
      };
      return Promise.resolve(peerContext(billingCalls(calls)));
    },
  }),
});
await app.listen({ port, host: '127.0.0.1' });
