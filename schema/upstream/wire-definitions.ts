import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { isMapping, tolerantSchema, type WireSchema } from './tolerant-schema.ts';
import type { WireUpstream } from './wire-operations.ts';

/** Every schema that an upstream's operations reach, under its prefixed name. */
export interface WireDefinitions {
  /** Name to schema, in the order of the names. */
  readonly definitions: Record<string, WireSchema>;
  /** operationId to the name of its answer. */
  readonly answers: ReadonlyMap<string, string>;
}

/**
 * Reads an upstream's reference document.
 *
 * @throws Error when a listed operation or a reference is not in it.
 */
export function readWireDefinitions(upstream: WireUpstream): WireDefinitions {
  const document: unknown = parse(readFileSync(join(import.meta.dirname, upstream.document), 'utf8'));
  const definitions = new Map<string, WireSchema>();
  const answers = new Map<string, string>();

  const define = (name: string, schema: unknown): string => {
    const full = `${upstream.prefix}${name}`;
    if (!definitions.has(full)) {
      definitions.set(full, {}); // Placed first: schemas refer to themselves.
      definitions.set(full, tolerantSchema(merged(document, schema), defineReferred));
    }
    return full;
  };
  const defineReferred = (ref: string): string =>
    define(ref.split('/').at(-1) ?? ref, resolve(document, ref));
  const referred = (schema: unknown): unknown => {
    const ref = at(schema, '$ref');
    return typeof ref === 'string' ? resolve(document, ref) : schema;
  };
  const defineBody = (name: string, body: unknown, members: readonly string[]): string => {
    if (isMapping(body) && typeof body['$ref'] === 'string') return defineReferred(body['$ref']);
    const whole = merged(document, body);
    return define(name, members.length === 0 ? whole : { ...whole, required: members });
  };

  const operations = operationsById(document);
  for (const [id, name] of Object.entries(upstream.operations)) {
    const operation = operations.get(id);
    if (operation === undefined) throw new Error(`no operation ${id} in ${upstream.document}`);
    const members = upstream.alwaysAnswered?.operations.test(id) ? upstream.alwaysAnswered.members : [];
    const answer = bodyOf(at(operation, 'responses', '200') ?? at(operation, 'responses', '201'));
    const required = upstream.answerRequires[id];
    const answerName = name ?? `${capital(id)}Response`;
    answers.set(
      id,
      required === undefined
        ? defineBody(answerName, answer, members)
        : define(answerName, { ...merged(document, referred(answer)), required }),
    );
    const request = bodyOf(at(operation, 'requestBody'));
    if (request !== undefined) defineBody(`${capital(id)}Request`, request, []);
  }
  const sorted = [...definitions].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { definitions: Object.fromEntries(sorted), answers };
}

/** Operations of a document by operationId. */
function operationsById(document: unknown): Map<string, Record<string, unknown>> {
  const found = new Map<string, Record<string, unknown>>();
  const paths = at(document, 'paths');
  for (const path of isMapping(paths) ? Object.values(paths) : []) {
    for (const operation of isMapping(path) ? Object.values(path) : []) {
      const id = at(operation, 'operationId');
      if (isMapping(operation) && typeof id === 'string') found.set(id, operation);
    }
  }
  return found;
}

/** One object schema instead of an `allOf` of object schemas, so that the generated type is one interface. */
function merged(document: unknown, schema: unknown): Record<string, unknown> {
  if (!isMapping(schema)) throw new Error('a schema is not a mapping');
  const parts: unknown = schema['allOf'];
  if (!Array.isArray(parts)) return schema;
  const required: unknown[] = []; // Lists, or nothing.
  const properties: Record<string, unknown> = {};
  for (const part of parts) {
    const ref = at(part, '$ref');
    const whole = merged(document, typeof ref === 'string' ? resolve(document, ref) : part);
    if (whole['type'] !== 'object') throw new Error('allOf joins more than objects');
    required.push(whole['required']);
    Object.assign(properties, whole['properties']);
  }
  return { type: 'object', required: required.flat(), properties };
}

function bodyOf(answerOrRequest: unknown): unknown {
  return at(answerOrRequest, 'content', 'application/json', 'schema');
}

function resolve(document: unknown, ref: string): unknown {
  const target = at(document, ...ref.split('/').slice(1));
  if (target === undefined) throw new Error(`nothing at ${ref}`);
  return target;
}

function at(value: unknown, ...path: string[]): unknown {
  let current = value;
  for (const key of path) current = isMapping(current) ? current[key] : undefined;
  return current;
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
