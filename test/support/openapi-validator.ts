import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

/** A request and the answer it got. */
export interface HttpExchange {
  readonly method: string;
  /** Path as sent, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Parsed JSON with plain numbers; undefined without a body. */
  readonly requestBody: unknown;
  readonly status: number;
  /** Parsed JSON with plain numbers; undefined without a body. */
  readonly responseBody: unknown;
}

/** Checks HTTP exchanges against an OpenAPI 3.1 document. */
export interface OpenApiValidator {
  /** The operation ids of the document that a method and path belong to; undefined when there is none. */
  operationIdOf(method: string, path: string): string | undefined;
  /** What is wrong with the request: unknown operation, parameters, body. Empty when nothing is. */
  requestProblems(exchange: HttpExchange): readonly string[];
  /** What is wrong with the answer: undocumented status, body. Empty when nothing is. */
  responseProblems(exchange: HttpExchange): readonly string[];
}

interface Operation {
  readonly pointer: string;
  readonly pathParameters: readonly unknown[];
  readonly definition: Readonly<Record<string, unknown>>;
  readonly params: Readonly<Record<string, string>>;
}

const DOCUMENT_ID = 'openapi-document';

/**
 * Reads an OpenAPI document (YAML). Formats are not asserted. The path of its first server is taken off request paths.
 * Throws when the file is missing or no OpenAPI document.
 */
export function loadOpenApiValidator(file: string | URL): OpenApiValidator {
  const document: unknown = parse(readFileSync(file, 'utf8'));
  const paths = member(document, 'paths');
  if (!isRecord(document) || !isRecord(paths)) throw new Error('Not an OpenAPI document');
  const ajv = new Ajv2020({ strict: false, validateFormats: false, validateSchema: false, allErrors: true });
  ajv.addSchema(document, DOCUMENT_ID);
  const basePath = new URL(String(member(member(member(document, 'servers'), '0'), 'url'))).pathname.replace(
    /\/$/,
    '',
  );
  const compiled = new Map<string, ValidateFunction>();

  const schemaProblems = (pointer: string, value: unknown, where: string): readonly string[] => {
    const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `${DOCUMENT_ID}#${pointer}` });
    compiled.set(pointer, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map((error) => `${where}${error.instancePath} ${error.message ?? ''}`);
  };
  /** A pointer to what a pointer names, references followed. */
  const resolved = (pointer: string): { readonly pointer: string; readonly value: unknown } => {
    const value = valueAt(document, pointer);
    const reference = member(value, '$ref');
    return typeof reference === 'string' ? resolved(reference.slice(1)) : { pointer, value };
  };
  const findOperation = (method: string, path: string): Operation | undefined => {
    if (!path.startsWith(basePath)) return undefined;
    const candidates = Object.keys(paths)
      .map((template) => ({ template, params: matchTemplate(template, path.slice(basePath.length)) }))
      .toSorted((a, b) => a.template.split('{').length - b.template.split('{').length);
    for (const { template, params } of candidates) {
      const definition = member(paths[template], method.toLowerCase());
      if (params === undefined || !isRecord(definition)) continue;
      return {
        pointer: `/paths/${escapePointer(template)}/${method.toLowerCase()}`,
        pathParameters: listOf(member(paths[template], 'parameters')),
        definition,
        params,
      };
    }
    return undefined;
  };
  const parameterProblems = (operation: Operation, exchange: HttpExchange): readonly string[] => {
    const ownPointers = listOf(operation.definition['parameters']).map(
      (_, i) => `${operation.pointer}/parameters/${i}`,
    );
    const sharedPointers = operation.pathParameters.map(
      (_, i) => `${operation.pointer.slice(0, operation.pointer.lastIndexOf('/'))}/parameters/${i}`,
    );
    const documented = [...ownPointers, ...sharedPointers].map((pointer) => resolved(pointer));
    const problems: string[] = [];
    for (const { pointer, value: parameter } of documented) {
      const name = String(member(parameter, 'name'));
      const schema = resolved(`${pointer}/schema`);
      const sent =
        member(parameter, 'in') === 'query'
          ? typedQueryValue(exchange.query.getAll(name), schema.value)
          : member(parameter, 'in') === 'path'
            ? operation.params[name]
            : undefined;
      if (sent !== undefined) problems.push(...schemaProblems(schema.pointer, sent, `parameter ${name}`));
      else if (member(parameter, 'required') === true && member(parameter, 'in') !== 'header') {
        problems.push(`parameter ${name} is missing`);
      }
    }
    const names = new Set(documented.map(({ value }) => String(member(value, 'name'))));
    for (const name of exchange.query.keys()) {
      if (!names.has(name)) problems.push(`parameter ${name} is not documented`);
    }
    return problems;
  };

  return {
    operationIdOf: (method, path) => {
      const id = findOperation(method, path)?.definition['operationId'];
      return typeof id === 'string' ? id : undefined;
    },
    requestProblems: (exchange) => {
      const operation = findOperation(exchange.method, exchange.path);
      if (operation === undefined) return [`${exchange.method} ${exchange.path} is not documented`];
      const problems = parameterProblems(operation, exchange);
      if (exchange.requestBody === undefined) return problems;
      const body = resolved(`${operation.pointer}/requestBody`);
      if (body.value === undefined) return [...problems, 'a body is not documented'];
      const schema = resolved(`${body.pointer}/content/application~1json/schema`);
      return [...problems, ...schemaProblems(schema.pointer, exchange.requestBody, 'body')];
    },
    responseProblems: (exchange) => {
      const operation = findOperation(exchange.method, exchange.path);
      if (operation === undefined) return [`${exchange.method} ${exchange.path} is not documented`];
      const documented = operation.definition['responses'];
      const status = [String(exchange.status), `${String(exchange.status).slice(0, 1)}XX`, 'default'].find(
        (key) => member(documented, key) !== undefined,
      );
      if (status === undefined) return [`status ${exchange.status} is not documented`];
      const response = resolved(`${operation.pointer}/responses/${status}`);
      const schemaPointer = `${response.pointer}/content/application~1json/schema`;
      if (valueAt(document, schemaPointer) === undefined) return [];
      return schemaProblems(schemaPointer, exchange.responseBody, `answer ${exchange.status}`);
    },
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function member(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function escapePointer(segment: string): string {
  // Braces are no legal characters of the URI that a pointer becomes part of.
  return encodeURIComponent(segment.replaceAll('~', '~0').replaceAll('/', '~1'));
}

function valueAt(document: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => decodeURIComponent(segment).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce(member, document);
}

function matchTemplate(template: string, path: string): Readonly<Record<string, string>> | undefined {
  const expected = template.split('/');
  const actual = path.split('/');
  if (expected.length !== actual.length) return undefined;
  const params: Record<string, string> = {};
  for (const [position, segment] of expected.entries()) {
    const value = actual[position] ?? '';
    if (segment.startsWith('{')) params[segment.slice(1, -1)] = decodeURIComponent(value);
    else if (segment !== value) return undefined;
  }
  return params;
}

/** A query value in the type that its schema asks for, so that a schema can judge it. */
function typedQueryValue(values: readonly string[], schema: unknown): unknown {
  const [first] = values;
  if (first === undefined) return undefined;
  switch (member(schema, 'type')) {
    case 'array':
      return values.flatMap((value) => value.split(','));
    case 'integer':
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(first) ? Number(first) : first;
    case 'boolean':
      return first === 'true' ? true : first === 'false' ? false : first;
    default:
      return first;
  }
}
