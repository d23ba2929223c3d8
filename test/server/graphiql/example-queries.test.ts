import { readdirSync, readFileSync } from 'node:fs';
import { Kind, parse, print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROVIDERS, type Provider } from '../../../src/provider.ts';
import { EDITOR_COLUMNS } from '../../../src/server/graphiql/editor-text.ts';
import { EXAMPLE_QUERIES } from '../../../src/server/graphiql/example-queries.ts';
import { persistedExamples } from '../../../src/server/graphiql/persisted-examples.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';

/** Those of the tabs that show less than both, as they say themselves or by their variables. */
const SHOWN: Readonly<Record<string, readonly Provider[]>> = {
  InvoiceLines: [],
  InvoiceDetail: ['METRONOME'],
  CustomerSearch: ['MAPLE'],
  AddCharge: ['MAPLE'],
};

const unserved = { find: () => null, close() {} };
const examples = [...EXAMPLE_QUERIES, ...(await persistedExamples(unserved))].map(({ query, variables }) => ({
  name: operationName(query),
  query,
  variables: variables === null ? {} : jsonObject(variables),
}));

describe('the example queries', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.stop());

  it('have a name each, so that their tabs can be told apart', () => {
    const names = examples.map(({ name }) => name);
    expect(names).not.toContain(undefined);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(examples)('print $name as graphql does, below comments that say what it is for', ({ query }) => {
    const [, comments = '', operation = ''] = /^((?:# .+\n)*)([^]*)$/.exec(query) ?? [];
    expect(comments).not.toBe('');
    expect(unfolded(operation)).toBe(`${print(parse(query))}\n`);
  });

  it.each(examples)("keep the lines of $name within GraphiQL's editor", ({ query }) => {
    expect(query.split('\n').filter((line) => line.length > EDITOR_COLUMNS)).toEqual([]);
  });

  it.each(examples)(
    'answer $name over the sandbox without an error or a gap',
    async ({ query, variables }) => {
      const gaps = membersIn(await gateway.data(query, variables)).filter(
        ({ key, value }) =>
          (['nodes', 'edges', 'charges'].includes(key) && isEmptyList(value)) ||
          (isIndex(key) && value === null),
      );
      expect(gaps).toEqual([]);
    },
  );

  it.each(examples)('show in $name what it promises of both systems', async ({ name, query, variables }) => {
    const members = membersIn(await gateway.data(query, variables));
    const shown = PROVIDERS.filter((provider) =>
      members.some(({ key, value }) => key === 'provider' && value === provider),
    );
    expect(shown).toEqual(SHOWN[name ?? ''] ?? PROVIDERS);
  });
});

describe('the persisted operations among them', () => {
  const folder = 'schema/operations';
  const sources = readdirSync(folder).map((file) => readFileSync(`${folder}/${file}`, 'utf8'));
  const manifest: unknown = JSON.parse(readFileSync('schema/persisted-operations.json', 'utf8'));
  const documents = Object.entries(jsonObject(JSON.stringify(manifest)));
  const idOf = (name: string | undefined): string | undefined =>
    documents.find(([, document]) => operationName(String(document)) === name)?.[0];

  it('are all of the committed manifest, as their sources have them', async () => {
    const shown = (await persistedExamples(unserved)).map(({ query }) => print(parse(query)));
    expect(shown.toSorted()).toEqual(sources.map((source) => print(parse(source))).toSorted());
    expect(shown).toHaveLength(documents.length);
  });

  it('show the id by which they are served', async () => {
    const operation = { id: '', text: '', document: parse('{ __typename }') };
    for (const { query } of await persistedExamples({ find: () => operation, close() {} })) {
      expect(query).toContain(`\n# ${idOf(operationName(query)) ?? 'no id'}\n`);
    }
  });

  it('show no id where they are not served by it', async () => {
    for (const { query } of await persistedExamples(unserved)) expect(query).not.toContain('sha256');
  });
});

function operationName(query: string): string | undefined {
  const [definition] = parse(query).definitions;
  return definition?.kind === Kind.OPERATION_DEFINITION ? definition.name?.value : undefined;
}

/** Arguments that stand on a line each, on one line. */
function unfolded(operation: string): string {
  return operation.replaceAll(
    /\(\n([^)]+)\n *\)/g,
    (_, members: string) => `(${members.trim().replaceAll(/\n */g, ', ')})`,
  );
}

function jsonObject(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

interface Member {
  readonly key: string;
  readonly value: unknown;
}

/** Every member of an answer at whatever depth; those of lists are keyed by their index. */
function membersIn(value: unknown): Member[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]: [string, unknown]) => [
    { key, value: member },
    ...membersIn(member),
  ]);
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function isIndex(key: string): boolean {
  return /^\d+$/.test(key);
}
