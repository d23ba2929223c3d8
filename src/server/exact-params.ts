import { GraphQLError } from 'graphql';
import type { GraphQLParams } from 'graphql-yoga';
import type { ErrorCode } from '../errors/error-code.ts';
import { isJsonNumber } from '../json/json-number.ts';
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
  const exact = exactBody(text);
  if (hasOnlyTexts(exact)) return exact;
  const body = readBody(text);
  return isObject(body.variables) && isObject(exact.variables)
    ? { ...body, variables: exact.variables }
    : body;
}

/** Whether there is nothing beside the variables that the server would read otherwise, as mostly. */
function hasOnlyTexts({ variables, ...others }: GraphQLParams): boolean {
  if (!isObject(variables) || isJsonNumber(variables)) return false;
  return Object.values(others).every((value) => typeof value === 'string');
}

/** The error for a body that is no JSON. */
export function invalidJson(): GraphQLError {
  return badBody(INVALID_JSON);
}

const INVALID_JSON = 'POST body sent invalid JSON.';

function readBody(text: string): GraphQLParams {
  const body = parsed(text);
  if (!isParams(body)) throw badBody('POST body is expected to be one object.');
  return body;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw error instanceof SyntaxError ? badBody(INVALID_JSON) : error;
  }
}

function exactBody(text: string): GraphQLParams {
  try {
    const body = readJson(text);
    return isParams(body) ? body : {};
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // It may be no JSON at all, which is said first.
    readBody(text);
    throw badBody('POST body gives a key twice, or nests too deeply.');
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
