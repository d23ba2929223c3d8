import { readFileSync } from 'node:fs';
import { buildClientSchema, buildSchema, getIntrospectionQuery, type IntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownTypes, schemaFacts, type SchemaFact } from '../support/schema-facts.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

const contract = buildSchema(readFileSync(new URL('../../schema/contract.graphql', import.meta.url), 'utf8'));
const contractTypes = ownTypes(contract);

describe('the served schema, introspected over HTTP', () => {
  let gateway: TestGateway;
  let served: SchemaFact[];
  beforeAll(async () => {
    gateway = await startTestGateway();
    const introspection = await gateway.data(
      getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true }),
    );
    if (!isIntrospection(introspection)) throw new TypeError('the answer is no introspection');
    served = ownTypes(buildClientSchema(introspection)).flatMap(schemaFacts);
  });
  afterAll(() => gateway.stop());

  it.each(contractTypes.map((type) => [type.name, type] as const))(
    'says of %s everything that the contract says',
    (_, type) => {
      const says = new Set(served.map(({ text }) => text));
      const missing = schemaFacts(type).filter(({ text }) => !says.has(text));
      expect(missing.map(({ text }) => text)).toEqual([]);
    },
  );

  it('asks of an operation nothing that the contract does not ask', () => {
    const known = new Set(contractTypes.flatMap(schemaFacts).map(({ text }) => text));
    const owners = new Set([...known].map((text) => text.split('(')[0]?.split(':')[0]));
    const added = served.filter(({ text, required }) => required && !known.has(text));
    expect(added.map(({ text }) => text).filter((text) => owners.has(text.split('(')[0]))).toEqual([]);
  });

  it('describes every type, field, argument, enum value and input field', () => {
    expect(served.filter(({ description }) => description.trim() === '').map(({ text }) => text)).toEqual([]);
  });

  it('is compared with a contract that has a place for everything a client does', () => {
    const roots = [contract.getQueryType(), contract.getMutationType()].flatMap((type) =>
      type ? schemaFacts(type) : [],
    );
    expect(roots.map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        'Query.customers(first): Int = 20',
        'Query.nodes(ids): [ID!]!',
        'Mutation.addOneTimeCharge(input): AddOneTimeChargeInput!',
      ]),
    );
    expect(contractTypes.length).toBeGreaterThan(80);
  });
});

function isIntrospection(data: unknown): data is IntrospectionQuery {
  return typeof data === 'object' && data !== null && '__schema' in data;
}
