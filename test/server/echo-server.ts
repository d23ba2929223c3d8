import { once } from 'node:events';
import { createServer } from 'node:http';
import {
  assertScalarType,
  GraphQLFloat,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
} from 'graphql';
import { createYoga } from 'graphql-yoga';
import { schema } from '../../src/schema.ts';
import { createErrorMask } from '../../src/server/mask-error.ts';
import { useExactJson } from '../../src/server/use-exact-json.ts';
import { useInputErrorCodes } from '../../src/server/use-input-error-codes.ts';

/** A server whose only field gives its arguments back, as JSON text. */
export interface EchoServer {
  readonly url: string;
  stop(): Promise<void>;
}

const jsonObject = assertScalarType(schema.getType('JSONObject'));
const decimal = assertScalarType(schema.getType('Decimal'));
const part = new GraphQLInputObjectType({
  name: 'Part',
  fields: {
    json: { type: jsonObject },
    int: { type: GraphQLInt },
    decimals: { type: new GraphQLList(decimal) },
  },
});
const echo = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      echo: {
        type: GraphQLString,
        args: {
          json: { type: jsonObject },
          decimal: { type: decimal },
          int: { type: GraphQLInt },
          float: { type: GraphQLFloat },
          id: { type: GraphQLID },
          ints: { type: new GraphQLList(new GraphQLNonNull(GraphQLInt)) },
          parts: { type: new GraphQLList(part) },
        },
        resolve: (_, args) => JSON.stringify(args),
      },
    },
  }),
});

/** Starts an echo on a free port, with bodies of at most `maxBodyBytes`. */
export async function startEchoServer(maxBodyBytes: number): Promise<EchoServer> {
  const yoga = createYoga({
    schema: echo,
    logging: false,
    maxRequestBodySize: maxBodyBytes,
    maskedErrors: { maskError: createErrorMask(() => undefined), errorMessage: '' },
    plugins: [useExactJson(), useInputErrorCodes()],
  });
  const server = createServer((request, response) => {
    void yoga(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no TCP port');
  return {
    url: `http://127.0.0.1:${address.port}/graphql`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await yoga.dispose();
    },
  };
}
