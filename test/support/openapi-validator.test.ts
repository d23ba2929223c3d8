import { describe, expect, it } from 'vitest';
import { loadOpenApiValidator, type HttpExchange } from './openapi-validator.ts';

describe('OpenAPI validator', () => {
  const metronome = loadOpenApiValidator(
    new URL('../../schema/upstream/metronome.openapi.yaml', import.meta.url),
  );
  const maple = loadOpenApiValidator(new URL('../../schema/upstream/maple.openapi.yaml', import.meta.url));
  const exchange = (changes: Partial<HttpExchange>): HttpExchange => ({
    method: 'GET',
    path: '/v1/customers',
    query: new URLSearchParams(),
    requestBody: undefined,
    status: 200,
    responseBody: { data: [], next_page: null },
    ...changes,
  });

  it('finds operations, fixed segments first, below the path of the server', () => {
    expect(metronome.operationIdOf('POST', '/v1/customers/archive')).toBe('archiveCustomer');
    expect(metronome.operationIdOf('GET', '/v1/customers/x')).toBe('getCustomer');
    expect(metronome.operationIdOf('DELETE', '/v1/customers')).toBeUndefined();
    expect(maple.operationIdOf('POST', '/api/v1/companies/c/customers/find')).toBe('findCustomers');
    expect(maple.operationIdOf('POST', '/companies/c/customers/find')).toBeUndefined();
  });

  it('accepts what is documented', () => {
    const query = new URLSearchParams({ limit: '100', customer_ids: 'a,b', only_archived: 'true' });
    expect(metronome.requestProblems(exchange({ query }))).toEqual([]);
    expect(metronome.responseProblems(exchange({}))).toEqual([]);
    expect(metronome.responseProblems(exchange({ status: 418, responseBody: { message: 'no' } }))).toEqual(
      [],
    );
  });

  it.each([
    { limit: '0' },
    { limit: 'x' },
    { only_archived: 'maybe' },
    { customer_ids: 'x,'.repeat(101) },
    { nmae: 'x' },
  ])('names what is wrong with the query %j', (query) => {
    expect(metronome.requestProblems(exchange({ query: new URLSearchParams({ ...query }) }))).toHaveLength(1);
  });

  it('names parameters and body members that are missing or wrong', () => {
    const costs = exchange({ path: '/v1/customers/x/costs' });
    expect(metronome.requestProblems(costs)).toEqual([
      'parameter starting_on is missing',
      'parameter ending_before is missing',
    ]);
    const create = exchange({ method: 'POST', requestBody: { ingest_aliases: [''] } });
    expect(metronome.requestProblems(create)).toHaveLength(2);
    expect(metronome.requestProblems(exchange({ requestBody: {} }))).toEqual(['a body is not documented']);
  });

  it('names what is wrong with an answer', () => {
    const rows = { data: [{ id: 7 }], next_page: null };
    expect(metronome.responseProblems(exchange({ responseBody: rows })).join()).toContain('/data/0');
    expect(metronome.responseProblems(exchange({ responseBody: undefined }))).not.toEqual([]);
    expect(metronome.responseProblems(exchange({ status: 404, responseBody: {} }))).not.toEqual([]);
    expect(metronome.responseProblems(exchange({ status: 301 }))).toEqual(['status 301 is not documented']);
    expect(metronome.responseProblems(exchange({ path: '/v1/nothing' }))).toEqual([
      'GET /v1/nothing is not documented',
    ]);
  });
});
