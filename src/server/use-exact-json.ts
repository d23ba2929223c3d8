import { GraphQLError } from 'graphql';
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import type { ErrorCode } from '../errors/error-code.ts';
import { readJson } from '../json/read-json.ts';
import { holdsTooManyValues } from './operation-limits/body-values.ts';
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
  const text = await readText(request);
  if (holdsTooManyValues(text)) throw badBody('POST body holds more values than any operation takes.');
  const body = readBody(text);
  // Below `variables` alone: everything else is for the server, which knows numbers only.
  const exact = exactBody(text);
  return isObject(body.variables) && isObject(exact.variables)
    ? { ...body, variables: exact.variables }
    : body;
}

/** Rejects with the server's own error where the body is too large. */
async function readText(request: Request): Promise<string> {
  try {
    return await request.text();
  } catch (error) {
    throw error instanceof GraphQLError ? error : badBody(INVALID_JSON);
  }
}

const INVALID_JSON = 'POST body sent invalid JSON.';

function readBody(text: string): GraphQLParams {
  const body = attempt(() => JSON.parse(text), INVALID_JSON);
  if (!isParams(body)) throw badBody('POST body is expected to be one object.');
  return body;
}

function exactBody(text: string): GraphQLParams {
  const body = attempt(() => readJson(text), 'POST body gives a key twice, or nests too deeply.');
  return isParams(body) ? body : {};
}

function attempt(read: () => unknown, complaint: string): unknown {
  try {
    return read();
  } catch (error) {
    throw error instanceof SyntaxError ? badBody(complaint) : error;
  }
}

/** The server checks the members. */
function isParams(body: unknown): body is GraphQLParams {
  return isObject(body);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function badBody(message: string): GraphQLError {
  const code: ErrorCode = 'BAD_USER_INPUT';
  return new GraphQLError(message, { extensions: { code, http: { status: 400 } } });
}
