import { createServer } from 'node:http';
import { usePersistedOperations } from '@graphql-yoga/plugin-persisted-operations';
import { createSchema, createYoga } from 'graphql-yoga';
import { billingCalls, undiciCalls } from '../billing/upstream-calls.ts';
import { billingResolvers, peerContext } from './billing-resolvers.ts';
import { peerArguments } from './peer-arguments.ts';
import { persistedOptions } from './persisted-options.ts';
import { SUB_SCHEMA } from './sub-schema.ts';

// GraphQL Yoga as it comes: its own executor, parser and validation cache, nothing added but persisted operations.

const { upstreams, port, manifest } = peerArguments();
const calls = billingCalls(undiciCalls(upstreams));
const yoga = createYoga({
  schema: createSchema({ typeDefs: SUB_SCHEMA, resolvers: billingResolvers }),
  context: () => peerContext(calls),
  logging: false,
  graphiql: false,
  extraParamNames: ['documentId'],
  plugins: [usePersistedOperations(persistedOptions(manifest))],
});
createServer((request, response) => void yoga(request, response)).listen(port, '127.0.0.1');
