import { expect } from 'vitest';
import { parseJson } from '../../../src/sandbox/http/json.ts';
import type { SandboxServer } from '../../../src/sandbox/http/sandbox-server.ts';
import { loadOpenApiValidator } from '../../support/openapi-validator.ts';

const validator = loadOpenApiValidator(
  new URL('../../../schema/upstream/metronome.openapi.yaml', import.meta.url),
);

/** An answer of the sandbox. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  /** Parsed without loss, see `parseJson`. */
  readonly body: unknown;
  /** The answer's `data`, for lists. */
  readonly data: readonly Row[];
  readonly nextPage: string | null;
  /** The answer's `message`. */
  readonly message: unknown;
}

/** Any JSON object. */
export type Row = Readonly<Record<string, unknown>>;

/** What a call sends besides method and path. */
export interface CallOptions {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Sent in place of a body made from `body`. */
  readonly rawBody?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** False for operations that are not documented on purpose. */
  readonly isDocumented?: boolean;
}

/** A client that holds every exchange against the OpenAPI document. */
export interface MetronomeClient {
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  get(path: string, query?: Readonly<Record<string, string>>): Promise<Answer>;
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Every row of a list, page after page. */
  walk(path: string, query?: Readonly<Record<string, string>>): Promise<readonly Row[]>;
}

/** A client of one sandbox server; fails the test when an answer, or a request that was accepted, is not as documented. */
export function metronomeClient(server: SandboxServer): MetronomeClient {
  const call = async (method: string, path: string, options: CallOptions = {}): Promise<Answer> => {
    const query = new URLSearchParams(options.query);
    const sent = options.rawBody ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
    const response = await fetch(`${server.url}${path}?${query.toString()}`, {
      method,
      headers: {
        authorization: `Bearer ${server.token}`,
        ...(sent !== undefined && { 'content-type': 'application/json' }),
        ...options.headers,
      },
      ...(sent !== undefined && { body: sent }),
    });
    const text = await response.text();
    const { status } = response;
    if (options.isDocumented !== false) {
      const responseBody: unknown = text === '' ? undefined : JSON.parse(text);
      const exchange = {
        method,
        path,
        query,
        requestBody: options.body,
        status,
        responseBody,
      };
      expect(validator.responseProblems(exchange)).toEqual([]);
      if (status < 300) expect(validator.requestProblems(exchange)).toEqual([]);
    }
    const body = text === '' ? undefined : parseJson(text);
    const data = field(body, 'data');
    const nextPage = field(body, 'next_page');
    return {
      status,
      text,
      body,
      data: Array.isArray(data) ? data : [],
      nextPage: typeof nextPage === 'string' ? nextPage : null,
      message: field(body, 'message'),
    };
  };
  return {
    call,
    get: (path, query) => call('GET', path, query && { query }),
    post: (path, body, headers) => call('POST', path, { body, ...(headers && { headers }) }),
    walk: async (path, query) => {
      const rows: Row[] = [];
      let nextPage: string | null = null;
      do {
        const cursor: Readonly<Record<string, string>> = nextPage === null ? {} : { next_page: nextPage };
        const page: Answer = await call('GET', path, { query: { ...query, ...cursor } });
        expect(page.status).toBe(200);
        rows.push(...page.data);
        nextPage = page.nextPage;
      } while (nextPage !== null);
      return rows;
    },
  };
}

/** The operation of the OpenAPI document that a call belongs to. */
export function documentedOperation(method: string, path: string): string | undefined {
  return validator.operationIdOf(method, path);
}

/** A member of a JSON object; undefined when there is none. */
export function field(value: unknown, name: string): unknown {
  return isRow(value) ? value[name] : undefined;
}

/** A member that has to be a text. */
export function textField(value: unknown, name: string): string {
  const text = field(value, name);
  if (typeof text !== 'string') throw new Error(`${name} is no text`);
  return text;
}

/** A member that has to be a list of objects. */
export function rowsField(value: unknown, name: string): readonly Row[] {
  const rows = field(value, name);
  if (!Array.isArray(rows)) throw new Error(`${name} is no list`);
  return rows.filter(isRow);
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
