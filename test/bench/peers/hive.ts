import { createServer } from 'node:http';
import { join } from 'node:path';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { createPrefixTransform, getComposedSchemaFromConfig } from '@graphql-mesh/compose-cli';
import { loadOpenAPISubgraph } from '@omnigraph/openapi';
import { billingResolvers, peerContext, type PeerContext } from './billing-resolvers.ts';
import { hiveCalls, type HiveContext } from './hive-calls.ts';
import { peerArguments } from './peer-arguments.ts';
import { SUB_SCHEMA } from './sub-schema.ts';

// Hive Gateway over both OpenAPI documents, composed when it starts, with the sub-schema in front of the operations that
// were made of them.

const DOCUMENTS = join(import.meta.dirname, '../../../schema/upstream');
const { upstreams, port } = peerArguments();
const { metronome, maple } = upstreams;
const contexts = new WeakMap<object, PeerContext>();

function subgraph(name: string, prefix: string, endpoint: string, token: string) {
  return {
    sourceHandler: loadOpenAPISubgraph(name, {
      source: join(DOCUMENTS, `${name}.openapi.yaml`),
      endpoint,
      operationHeaders: { authorization: `Bearer ${token}` },
    }),
    transforms: [createPrefixTransform({ value: prefix, includeRootOperations: true })],
  };
}

type PeerResolver = (parent: never, args: never, context: PeerContext) => unknown;

/** The same resolver, with calls that go through the subgraphs. */
function throughSubgraphs(resolver: PeerResolver) {
  return (parent: never, args: never, context: HiveContext, info: unknown): unknown => {
    const calls = hiveCalls(context, info, maple.companyId);
    const own = contexts.get(context) ?? peerContext(calls);
    contexts.set(context, own);
    return resolver(parent, args, { ...own, calls });
  };
}

const { Node, ...types } = billingResolvers;
const additionalResolvers = {
  Node,
  ...Object.fromEntries(
    Object.entries(types).map(([type, fields]) => [
      type,
      Object.fromEntries(
        Object.entries<PeerResolver>(fields).map(([name, resolver]) => [name, throughSubgraphs(resolver)]),
      ),
    ]),
  ),
};
const quiet = { log() {}, debug() {}, info() {}, warn() {}, error() {}, child: () => quiet };
const supergraph = await getComposedSchemaFromConfig(
  {
    subgraphs: [
      subgraph('metronome', 'Metronome_', metronome.url, metronome.token),
      subgraph('maple', 'Maple_', `${maple.url}/api/v1`, maple.token),
    ],
    fetch,
  },
  quiet,
);
const gateway = createGatewayRuntime({
  supergraph,
  additionalTypeDefs: SUB_SCHEMA.replace('type Query', 'extend type Query'),
  additionalResolvers,
  logging: false,
  graphiql: false,
});
createServer((request, response) => void gateway(request, response)).listen(port, '127.0.0.1');
