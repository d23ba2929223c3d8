import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { optional } from '../support/wire-row.ts';
import { pickText } from '../support/pick.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';
import { walkConnection } from '../support/walk-connection.ts';

const PAGE = (node: string): string => `edges { cursor node { ${node} } } pageInfo { hasNextPage endCursor }`;

let gateway: TestGateway;
beforeAll(async () => {
  const options = { companyCount: 60, maxPageSize: 4 };
  gateway = await startTestGateway({ metronome: options, maple: options });
});
afterAll(() => gateway.stop());

interface Dated {
  readonly provider: string;
  readonly date: number;
}

/** Newest first; of equal dates, Metronome's before Maple's. */
function expectNewestFirst(items: readonly Dated[]): void {
  const ordered = items.toSorted(
    (a, b) => b.date - a.date || (a.provider < b.provider ? 1 : a.provider > b.provider ? -1 : 0),
  );
  expect(items).toEqual(ordered);
  expect(new Set(items.map(({ provider }) => provider)).size).toBe(2);
}

/** A date of a node, the first of these fields that it has. */
function dateOf(node: unknown, ...fields: readonly string[]): number {
  const field = fields.find((each) => optional(node, each) !== null) ?? '';
  return Date.parse(pickText(node, field));
}

describe('a list of both systems', () => {
  it('has customers newest first, and Metronome first where both were made in one instant', async () => {
    const nodes = await walkConnection({
      gateway,
      query: `query ($first: Int!, $after: String) { customers(first: $first, after: $after) { ${PAGE('provider createdAt')} } }`,
      at: ['customers'],
      first: 7,
    });
    const items = nodes.map((node) => ({
      provider: pickText(node, 'provider'),
      date: dateOf(node, 'createdAt'),
    }));
    expectNewestFirst(items);
    expect(new Set(items.map(({ date }) => date)).size).toBeLessThan(items.length - 20);
  });

  it('has invoices newest first by issue date, drafts by the end of their period', async () => {
    const nodes = await walkConnection({
      gateway,
      query: `query ($first: Int!, $after: String) { account(identifier: "acct_1001") {
        invoices(first: $first, after: $after) { ${PAGE('provider issuedAt periodEnd createdAt')} }
      } }`,
      at: ['account', 'invoices'],
      first: 3,
    });
    expectNewestFirst(
      nodes.map((node) => ({
        provider: pickText(node, 'provider'),
        date: dateOf(
          node,
          'issuedAt',
          pickText(node, 'provider') === 'METRONOME' ? 'periodEnd' : 'createdAt',
        ),
      })),
    );
  });

  it('has the plans that carry no date, which are those of Metronome, before all others', async () => {
    const nodes = await walkConnection({
      gateway,
      query: `query ($first: Int!, $after: String) { plans(first: $first, after: $after) { ${PAGE('provider kind')} } }`,
      at: ['plans'],
      first: 4,
    });
    const providers = nodes.map((node) => pickText(node, 'provider'));
    expect(providers.lastIndexOf('METRONOME')).toBeLessThan(providers.indexOf('MAPLE'));
  });
});
