import { afterEach, describe, expect, it } from 'vitest';
import { pick, pickList, pickText } from '../support/pick.ts';
import { callMaple, callMetronome } from '../support/sandbox-call.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';
import { walkConnection } from '../support/walk-connection.ts';

const CUSTOMERS = `query ($first: Int!, $after: String) {
  customers(first: $first, after: $after) {
    edges { cursor node { id provider providerId } }
    pageInfo { hasNextPage endCursor }
  }
}`;
const INVOICES = `query ($first: Int!, $after: String) {
  account(identifier: "acct_1001") {
    invoices(first: $first, after: $after) {
      edges { cursor node { id provider providerId status } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

const gateways: TestGateway[] = [];

async function gatewayOver(maxPageSize: number): Promise<TestGateway> {
  const options = { companyCount: 40, maxPageSize };
  const gateway = await startTestGateway({ metronome: options, maple: options });
  gateways.push(gateway);
  return gateway;
}

afterEach(async () => {
  await Promise.all(gateways.splice(0).map((gateway) => gateway.stop()));
});

const idOf = (node: unknown): string => pickText(node, 'id');

/** The ids that a walk gives; null where it ended because its cursor had expired. */
async function walkedIds(walk: Parameters<typeof walkConnection>[0]): Promise<string[] | null> {
  try {
    return (await walkConnection(walk)).map(idOf);
  } catch (error) {
    if (error instanceof Error && error.message.includes('CURSOR_EXPIRED')) return null;
    throw error;
  }
}

let inserted = 0;

async function insertCustomers(gateway: TestGateway): Promise<void> {
  inserted += 1;
  const identifier = `inserted_${inserted}`;
  await callMetronome(gateway, 'POST', '/v1/customers', { name: identifier, ingest_aliases: [identifier] });
  await callMaple(gateway, 'POST', '/customers', {
    name: identifier,
    identifier,
    email: `${identifier}@example.com`,
  });
}

async function archive(gateway: TestGateway, customer: unknown): Promise<void> {
  const id = pickText(customer, 'providerId');
  if (pick(customer, 'provider') === 'METRONOME')
    await callMetronome(gateway, 'POST', '/v1/customers/archive', { id });
  else await callMaple(gateway, 'PATCH', `/customers/${id}`, { status: 'ARCHIVED' });
}

describe('a walk over customers', () => {
  it.each([4, 10, 100])(
    'is not disturbed by new customers between its pages (upstream pages of %i)',
    async (size) => {
      const gateway = await gatewayOver(size);
      const before = (await walkConnection({ gateway, query: CUSTOMERS, at: ['customers'], first: 100 })).map(
        idOf,
      );
      const walked = await walkedIds({
        gateway,
        query: CUSTOMERS,
        at: ['customers'],
        first: 3,
        afterPage: () => insertCustomers(gateway),
      });
      expect(walked).toEqual(before);
      const after = await walkConnection({ gateway, query: CUSTOMERS, at: ['customers'], first: 100 });
      expect(after.length).toBeGreaterThan(before.length + 20);
    },
  );

  it.each([1, 4, 100])(
    'neither hides nor repeats a survivor when customers go away (upstream pages of %i)',
    async (size) => {
      const gateway = await gatewayOver(size);
      const before = await walkConnection({ gateway, query: CUSTOMERS, at: ['customers'], first: 100 });
      const archived = new Set<string>();
      const seen: string[] = [];
      const walked = await walkedIds({
        gateway,
        query: CUSTOMERS,
        at: ['customers'],
        first: 5,
        async afterPage(nodes) {
          seen.splice(0, seen.length, ...nodes.map(idOf));
          await insertCustomers(gateway);
          // One long read, the one that the cursor stands on, and one that is still to come.
          const doomed = [nodes.at(-4), nodes.at(-1), before[nodes.length + 2]];
          for (const customer of doomed) {
            if (customer === undefined || archived.has(idOf(customer))) continue;
            archived.add(idOf(customer));
            await archive(gateway, customer);
          }
        },
      });
      const given = walked ?? seen;
      expect(new Set(given).size).toBe(given.length);
      expect(given.length).toBeGreaterThan(4);
      expect(archived.size).toBeGreaterThan(1);
      const survivors = before.map(idOf).filter((id) => !archived.has(id));
      // A walk that ended early has said so with CURSOR_EXPIRED; until then it left out nothing either.
      const reached =
        walked === null
          ? survivors.indexOf(given.findLast((id) => !archived.has(id)) ?? '') + 1
          : survivors.length;
      expect(given.filter((id) => !archived.has(id))).toEqual(survivors.slice(0, reached));
      // Where an upstream page holds the whole list there is always a place to go on from.
      expect(walked !== null || size < 100).toBe(true);
    },
  );
});

describe('a walk over invoices', () => {
  it.each([4, 100])(
    'goes on where it was when a read invoice is made anew (upstream pages of %i)',
    async (size) => {
      const gateway = await gatewayOver(size);
      const at = ['account', 'invoices'];
      const before = await walkConnection({ gateway, query: INVOICES, at, first: 100 });
      let regenerated = 0;
      const walked = await walkedIds({
        gateway,
        query: INVOICES,
        at,
        first: 4,
        async afterPage(nodes) {
          const final = nodes.findLast(
            (node) => pick(node, 'provider') === 'METRONOME' && pick(node, 'status') === 'PAID',
          );
          if (final === undefined || regenerated > 0) return;
          const id = pickText(final, 'providerId');
          await callMetronome(gateway, 'POST', '/v1/invoices/void', { id });
          await callMetronome(gateway, 'POST', '/v1/invoices/regenerate', { id });
          regenerated += 1;
        },
      });
      expect(regenerated).toBe(1);
      const known = new Set(before.map(idOf));
      expect(walked?.filter((id) => known.has(id))).toEqual(before.map(idOf));
      const after = await gateway.data(INVOICES, { first: 100 });
      expect(pickList(after, ...at, 'edges')).toHaveLength(before.length + 1);
    },
  );
});
