import { GraphQLError } from 'graphql';
import type { GraphQLParams } from 'graphql-yoga';
import type { ErrorCode } from '../errors/error-code.ts';
import { readJson } from '../json/read-json.ts';
import { holdsTooManyValues } from './operation-limits/body-values.ts';

/**
 * Reads a JSON body whose `variables` keep the digits of their numbers, and everything else as it always is read, since
 * the server knows numbers only. The members are not checked.
 *
 * @throws GraphQLError BAD_USER_INPUT, as a 400, for a body that is no JSON object, can be read in two ways, nests without
 * end, or holds more values than any operation takes
 */
export function readExactParams(text: string): GraphQLParams {
  if (holdsTooManyValues(text)) throw badBody('POST body holds more values than any operation takes.');
  const body = readBody(text);
  const exact = exactBody(text);
  return isObject(body.variables) && isObject(exact.variables)
    ? { ...body, variables: exact.variables }
    : body;
}

/** The error for a body that is no JSON. */
export function invalidJson(): GraphQLError {
  return badBody(INVALID_JSON);
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
