import { expect } from 'vitest';
import { isJsonObject, parseJson } from '../../../src/sandbox/http/json.ts';
import type { MapleSandbox } from '../../../src/sandbox/maple/start-maple-sandbox.ts';
import { loadOpenApiValidator } from '../../support/openapi-validator.ts';

const validator = loadOpenApiValidator(
  new URL('../../../schema/upstream/maple.openapi.yaml', import.meta.url),
);

/** Any JSON object. */
export type Row = Readonly<Record<string, unknown>>;

/** An answer of the sandbox. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Parsed without loss, see `parseJson`; undefined without a body. */
  readonly body: unknown;
}

/** What a call sends besides method and path. */
export interface CallOptions {
  readonly body?: unknown;
  /** Sent in place of a body made from `body`. */
  readonly rawBody?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** False where path or status are not documented on purpose. */
  readonly isDocumented?: boolean;
  /** Another company than the sandbox's. */
  readonly companyId?: string;
}

/** What a find request asks for; the page size is 200 when left out. */
export interface FindOptions {
  readonly query?: Row;
  readonly sortKey?: string;
  readonly limit?: number;
  readonly fromKey?: string | null;
  readonly includeMeta?: boolean;
}

/** A client that holds every exchange against the OpenAPI document. Paths start below the company. */
export interface MapleClient {
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** One page as the answer has it. */
  find(resource: string, options?: FindOptions): Promise<Answer>;
  /** Every row of a list, page after page; fails on an error. */
  walk(resource: string, options?: FindOptions): Promise<readonly Row[]>;
  /** The customer with an identifier; fails when there is none. */
  customer(identifier: string): Promise<Row>;
}

/** A client of one sandbox server; fails the test when an answer, or a request that was accepted, is not as documented. */
export function mapleClient(server: MapleSandbox): MapleClient {
  const call = async (method: string, path: string, options: CallOptions = {}): Promise<Answer> => {
    const sent = options.rawBody ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
    const fullPath = `/api/v1/companies/${options.companyId ?? server.companyId}${path}`;
    const response = await fetch(`${server.url}${fullPath}`, {
      method,
      headers: {
        authorization: `Bearer ${server.token}`,
        ...(sent !== undefined && { 'content-type': 'application/json' }),
        ...options.headers,
      },
      ...(sent !== undefined && { body: sent }),
    });
    const text = await response.text();
    if (options.isDocumented !== false) {
      const responseBody: unknown = text === '' ? undefined : JSON.parse(text);
      const exchange = {
        method,
        path: fullPath,
        query: new URLSearchParams(),
        requestBody: options.body,
        status: response.status,
        responseBody,
      };
      expect(validator.responseProblems(exchange)).toEqual([]);
      if (response.ok) expect(validator.requestProblems(exchange)).toEqual([]);
    }
    const body = text === '' ? undefined : parseJson(text);
    return { status: response.status, headers: response.headers, text, body };
  };
  const find: MapleClient['find'] = (resource, options = {}) =>
    call('POST', `/${resource}/find`, {
      body: {
        pagination: {
          limit: options.limit ?? 200,
          ...(options.fromKey !== undefined && { from_key: options.fromKey }),
        },
        ...(options.query && { query: options.query }),
        ...(options.includeMeta !== undefined && { include_meta: options.includeMeta }),
        sort_key: options.sortKey ?? 'createdAtDesc',
      },
    });
  return {
    call,
    get: (path) => call('GET', path),
    post: (path, body, headers) => call('POST', path, { body, ...(headers && { headers }) }),
    find,
    walk: async (resource, options) => {
      const rows: Row[] = [];
      let fromKey: string | null = null;
      do {
        const page: Answer = await find(resource, { ...options, fromKey });
        expect(page.status).toBe(200);
        rows.push(...resultsOf(page));
        fromKey = fromKeyOf(page);
      } while (fromKey !== null);
      return rows;
    },
    customer: async (identifier) => {
      const answer = await call('GET', `/customers/${encodeURIComponent(identifier)}`);
      expect(answer.status).toBe(200);
      return objectOf(answer.body);
    },
  };
}

/** The rows of a page; none when `results` is null. */
export function resultsOf(page: Answer): readonly Row[] {
  return listOf(objectOf(page.body)['results'] ?? []);
}

/** The cursor of the next page. */
export function fromKeyOf(page: Answer): string | null {
  const fromKey = objectOf(objectOf(page.body)['pagination'])['from_key'];
  return typeof fromKey === 'string' ? fromKey : null;
}

/** A value that has to be an object. */
export function objectOf(value: unknown): Row {
  if (!isJsonObject(value)) throw new Error('This is no object');
  return value;
}

/** A value that has to be a list of objects. */
export function listOf(value: unknown): readonly Row[] {
  if (!Array.isArray(value)) throw new Error('This is no list');
  return value.map(objectOf);
}

/** A member that has to be a text. */
export function textOf(row: Row, member: string): string {
  const text = row[member];
  if (typeof text !== 'string') throw new Error(`${member} is no text`);
  return text;
}

/** The minor units of a member that has to be Money. */
export function minorOf(row: Row, member: string): number {
  const value = objectOf(row[member])['value_in_cents'];
  if (typeof value !== 'number') throw new Error(`${member} is no money`);
  return value;
}

/** The instant of a member that has to be a date, in milliseconds. */
export function timeOf(row: Row, member: string): number {
  return new Date(textOf(row, member)).getTime();
}
