import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { pickObject } from '../support/pick.ts';
import { loadOpenApiValidator } from '../support/openapi-validator.ts';
import type { RawRequest } from './recording-upstream.ts';

/** One system's OpenAPI document, as far as requests are held against it. */
export interface DocumentedRequests {
  /** Names of the members that a schema of the document has, sorted. */
  members(schema: string): string[];
  /** What the document has against a request; empty when nothing. */
  problems(request: RawRequest): readonly string[];
}

/** The document of a provider. */
export function documentedRequests(provider: 'metronome' | 'maple'): DocumentedRequests {
  const file = new URL(`../../schema/upstream/${provider}.openapi.yaml`, import.meta.url);
  const document: unknown = parse(readFileSync(file, 'utf8'));
  const validator = loadOpenApiValidator(file);
  return {
    members: (schema) =>
      Object.keys(pickObject(document, 'components', 'schemas', schema, 'properties')).toSorted(),
    problems({ method, path, query, body }) {
      const requestBody: unknown = body === '' ? undefined : JSON.parse(body);
      return validator.requestProblems({ method, path, query, requestBody, status: 200, responseBody: {} });
    },
  };
}
