import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from '../../../src/config.ts';
import { codegenManifest, createManifestFolder } from '../../support/manifest-folder.ts';
import { sendOperation } from '../../support/operation-request.ts';
import { pick } from '../../support/pick.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';

function many(count: number, text: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => text(index)).join(' ');
}

describe('an operation beyond a limit', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  beforeEach(() => gateway.forgetCalls());
  afterAll(() => gateway.stop());

  const refused: readonly (readonly [string, string, string])[] = [
    [
      'aliases',
      `{ ${many(51, (at) => `a${at}: providers { sandbox }`)} }`,
      'The document has 51 aliases; at most 50 are allowed.',
    ],
    ['tokens', `{ ${many(5000, () => '__typename')} }`, 'The document has more than 5000 tokens.'],
    [
      'directives',
      `{ providers ${many(101, () => '@include(if: true)')} { sandbox } }`,
      'The document has 101 directives; at most 100 are allowed.',
    ],
    [
      'depth',
      `{ ${'account(identifier: "a") { customers { '.repeat(1)}${'account { customers { '.repeat(7)}id${' } }'.repeat(8)} }`,
      'The operation nests fields 17 levels deep; at most 15 are allowed.',
    ],
    [
      'upstream calls',
      '{ customers(first: 100) { nodes { costs(from: "2026-06-01T00:00:00Z", to: "2026-06-02T00:00:00Z") { nodes { to } } } } }',
      'The operation may take 1103 upstream calls; at most 500 are allowed.',
    ],
    [
      'nodes',
      '{ customers(first: 100) { nodes { invoices(first: 100) { nodes { lineItems(first: 2) { nodes { name } } } } } } }',
      'The operation may give 30100 nodes; at most 20000 are allowed.',
    ],
    [
      'values of introspection',
      `{ __schema { types { ${many(12, (at) => `a${at}: fields { type { fields { name } } }`)} } } }`,
      'values of introspection; at most 50000 are allowed.',
    ],
    [
      'comparisons',
      `{ ${many(300, () => 'providers { sandbox }')} }`,
      'The document selects the same fields, or spreads fragments, in one place too often.',
    ],
  ];

  it.each(refused)('in its %s is refused before anything is sent', async (_limit, query, message) => {
    const { data, errors } = await gateway.answer(query);
    expect(data).toBeUndefined();
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.message).toContain(message);
    expect(errors?.[0]?.extensions?.code).toBe('OPERATION_TOO_COMPLEX');
    expect(gateway.calls()).toEqual({});
  });

  it.each(refused)('in its %s is a 400 in the format of GraphQL', async (_limit, query) => {
    const accept = { accept: 'application/graphql-response+json' };
    expect((await sendOperation(gateway.url, 'POST', { query }, accept)).status).toBe(400);
    expect((await sendOperation(gateway.url, 'POST', { query })).status).toBe(200);
  });

  it('by the values in its body is refused', async () => {
    const variables = { ids: Array.from({ length: 60_000 }, () => 1) };
    const { errors } = await gateway.answer('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', variables);
    expect(errors).toMatchObject([
      {
        message: 'POST body holds more values than any operation takes.',
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
    expect(gateway.calls()).toEqual({});
  });

  it('by its variables alone is refused, and let through with others', async () => {
    const query = `query ($first: Int!, $with: Boolean!) { customers(first: $first) { nodes {
      account { name } plans @include(if: $with) { nodes { name } } } } }`;
    const { errors } = await gateway.answer(query, { first: 100, with: true });
    expect(errors).toMatchObject([{ extensions: { code: 'OPERATION_TOO_COMPLEX' } }]);
    expect(gateway.calls()).toEqual({});
    expect(await gateway.data(query, { first: 2, with: true })).toBeTruthy();
    expect(await gateway.data(query, { first: 20, with: false })).toBeTruthy();
  });

  it('is refused by GET as well', async () => {
    const query =
      '{ customers(first: 100) { nodes { account { name } invoices { nodes { plan { name } } } } } }';
    const { body } = await sendOperation(gateway.url, 'GET', { query });
    expect(pick(body, 'errors', 0, 'extensions', 'code')).toBe('OPERATION_TOO_COMPLEX');
    expect(gateway.calls()).toEqual({});
  });
});

describe('limits that are configured', () => {
  it.each([
    [
      'MAX_ALIASES',
      '1',
      '{ a: providers { sandbox } b: providers { sandbox } }',
      '{ a: providers { sandbox } }',
    ],
    [
      'MAX_TOKENS',
      '7',
      '{ providers { sandbox provider } __typename }',
      '{ providers { sandbox provider } }',
    ],
    [
      'MAX_NODES',
      '3',
      '{ customers(first: 4) { nodes { id } } }',
      '{ customers(first: 3) { nodes { id } } }',
    ],
    ['MAX_UPSTREAM_CALLS', '2', '{ plans { nodes { id } } }', '{ customers { nodes { id } } }'],
  ])('hold: %s of %s', async (name, value, refused, taken) => {
    const gateway = await startTestGateway({ env: { [name]: value, PERSISTED_OPERATIONS: 'off' } });
    try {
      const { errors } = await gateway.answer(refused);
      expect(errors).toMatchObject([{ extensions: { code: 'OPERATION_TOO_COMPLEX' } }]);
      expect(await gateway.data(taken)).toBeTruthy();
    } finally {
      await gateway.stop();
    }
  });

  it('hold for persisted operations when they are loaded', async () => {
    const folder = await createManifestFolder();
    const path = await folder.write('app.json', codegenManifest(['query A { a: __typename b: __typename }']));
    const start = startTestGateway({ env: { MAX_ALIASES: '1', PERSISTED_OPERATIONS_PATH: path } });
    await expect(start).rejects.toThrow(ConfigError);
    await expect(start).rejects.toThrow('The document has 2 aliases; at most 1 are allowed.');
    await folder.remove();
  });
});
