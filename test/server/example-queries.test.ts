import { Kind, parse, print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../src/provider.ts';
import { EXAMPLE_QUERIES } from '../../src/server/example-queries.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

/** The tabs that say themselves that they show one provider only. */
const OF_ONE_PROVIDER = new Set(['InvoiceLines']);

/** What the editor shows of a line in a window of 1280 pixels. */
const EDITOR_COLUMNS = 48;

const examples = EXAMPLE_QUERIES.map(({ query, variables }) => ({
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
        ({ key, value }) => (key === 'nodes' && isEmptyList(value)) || (isIndex(key) && value === null),
      );
      expect(gaps).toEqual([]);
    },
  );

  it.each(examples)('show in $name what it promises of both systems', async ({ name, query, variables }) => {
    const members = membersIn(await gateway.data(query, variables));
    const shown = PROVIDERS.filter((provider) =>
      members.some(({ key, value }) => key === 'provider' && value === provider),
    );
    expect(shown).toEqual(OF_ONE_PROVIDER.has(name ?? '') ? [] : PROVIDERS);
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
