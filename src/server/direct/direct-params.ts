import type { GraphQLParams } from 'graphql-yoga';
import { GraphQLError } from 'graphql';
import { readExactParams } from '../exact-params.ts';
import { requestedOperation, type RequestedOperation } from '../persisted-operations/requested-operation.ts';
import type { DirectHead } from './request-head.ts';

/** Which operation a request names, with well-formed parameters. */
export interface DirectParams extends RequestedOperation {
  readonly query: string | null;
  readonly variables: Readonly<Record<string, unknown>> | null;
  readonly operationName: string | null;
  /** What the parameters were read from: where it is equal, they are. */
  readonly text: string;
}

const PARAMETERS: ReadonlySet<string> = new Set(['query', 'variables', 'operationName', 'extensions']);
/** For the address to be one that can be taken apart; what stands before its parameters makes no difference. */
const ANY_ADDRESS = 'http://localhost/graphql';

/**
 * The parameters of a request that has nothing wrong with it, and asks for nothing beside its data; null for every other
 * request, whose answer is the server's.
 *
 * @param body of a POST; empty for a GET
 */
export function directParams({ method, search }: DirectHead, body: string): DirectParams | null {
  try {
    const params = method === 'GET' ? paramsOfAddress(search) : readExactParams(body);
    const requested = requestedOperation({ method, url: `${ANY_ADDRESS}?${search}` }, params);
    // No JSON begins like an address: one text might be both, with other parameters.
    return checkedParams(requested, method === 'GET' ? `?${search}` : body);
  } catch (error) {
    if (error instanceof GraphQLError || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** As the server itself reads them. */
function paramsOfAddress(search: string): GraphQLParams {
  const given = new URLSearchParams(search);
  const [query, operationName] = [given.get('query'), given.get('operationName')];
  const [variables, extensions] = [given.get('variables'), given.get('extensions')];
  return {
    ...(query && { query }),
    ...(operationName && { operationName }),
    ...(variables && { variables: readObject(variables) }),
    ...(extensions && { extensions: readObject(extensions) }),
  };
}

/** @throws SyntaxError for a text that is no JSON object */
function readObject(text: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(text);
  if (value === null || !isObject(value)) throw new SyntaxError('not an object');
  return value;
}

function checkedParams(requested: RequestedOperation, text: string): DirectParams | null {
  const given: Readonly<Record<string, unknown>> = { ...requested.params };
  const { query = null, variables = null, operationName = null, extensions = null } = given;
  if (!isText(query) || !isText(operationName) || !isObject(variables) || !isObject(extensions)) return null;
  const isPlain = Object.keys(given).every((name) => PARAMETERS.has(name)) && extensions?.['cost'] !== true;
  return isPlain ? { ...requested, query, variables, operationName, text } : null;
}

function isText(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && !Array.isArray(value);
}
