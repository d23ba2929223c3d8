import { GraphQLError } from 'graphql';
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import { invalidJson, readExactParams } from './exact-params.ts';
import { plainVariables } from './plain-variables.ts';

/**
 * Reads JSON bodies without loss: a number in `variables` reaches the gateway's own scalars with the digits of its source
 * text, and GraphQL's as it always does. A body that can be read in two ways, since it gives a key twice with different
 * values, is refused, and so is one that nests without end.
 */
export function useExactJson(): Plugin {
  return {
    onRequestParse({ request, requestParser, setRequestParser }) {
      if (requestParser !== undefined && isPostedJson(request)) setRequestParser(readParams);
    },
    onExecute({ args }) {
      args.variableValues = plainVariables(args);
    },
  };
}

/** As the server itself tells JSON bodies from others: of several types the first counts. */
function isPostedJson({ method, headers }: Request): boolean {
  const [type = ''] = (headers.get('content-type') ?? '').split(/[,;]/);
  return method === 'POST' && (type === 'application/json' || type === 'application/graphql+json');
}

async function readParams(request: Request): Promise<GraphQLParams> {
  return readExactParams(await readText(request));
}

/** Rejects with the server's own error where the body is too large. */
async function readText(request: Request): Promise<string> {
  try {
    return await request.text();
  } catch (error) {
    throw error instanceof GraphQLError ? error : invalidJson();
  }
}
