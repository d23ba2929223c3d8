import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { encodeNodeId } from '../../src/node-id.ts';
import { DEFAULT_SANDBOX_NOW } from '../../src/sandbox/sandbox-clock.ts';
import { startGateway, type RunningGateway } from '../../src/server/start-gateway.ts';
import {
  BillingOverviewDocument,
  CostChartDocument,
  CustomerSearchDocument,
  InvoiceDetailDocument,
  InvoiceListDocument,
  PlanCatalogueDocument,
} from '../generated/graphql.ts';
import { startFaultyUpstreams, type FaultyUpstreams } from '../support/faulty-upstreams.ts';
import { pickList, pickText } from '../support/pick.ts';
import { startRedisServer, withoutRedis, type RedisServer } from '../support/redis-server.ts';
import { callMaple, callMetronome } from '../support/sandbox-call.ts';

const JUNE = { from: '2026-06-01T00:00:00Z', to: '2026-07-01T00:00:00Z' };
const MONEY = '{ amount minorAmount currency unit { kind name currency providerId } }';
/** Companies that are billed in USD, EUR, JPY, KWD and in units of their own. */
const IDENTIFIERS = ['acct_1001', 'acct_1002', 'acct_1003', 'acct_1004'];
const CUSTOMERS = `query ($status: CustomerStatus!, $first: Int!) { customers(first: $first, filter: { status: $status }) {
  nodes { id provider providerId name email identifiers status createdAt updatedAt customFields account { id name } }
  pageInfo { hasNextPage endCursor } failures { provider code }
} }`;
const CATALOGUE = `{ plans(first: 100) { nodes {
  id provider providerId name description status minimums { name amount ${MONEY} startPeriod } customFields
  charges(first: 100) { nodes {
    id name kind quantity basePrice ${MONEY} minimumSpend ${MONEY} product { providerId name } customFields
    pricing { model collectionInterval flatPrice minUnitPrice maxUnitPrice }
  } }
} } }`;

type Operation = readonly [title: string, query: string, variables: object];

describe('answers with a cache', () => {
  let upstreams: FaultyUpstreams;
  let redis: RedisServer | null = null;
  const gateways: RunningGateway[] = [];
  const operations: Operation[] = [
    ...IDENTIFIERS.flatMap((identifier): Operation[] => [
      [`overview of ${identifier}`, BillingOverviewDocument.toString(), { identifier, ...JUNE }],
      [`costs of ${identifier}`, CostChartDocument.toString(), { identifier, ...JUNE }],
      [`invoices of ${identifier}`, InvoiceListDocument.toString(), { identifier, first: 7 }],
    ]),
    ['page of the catalogue', PlanCatalogueDocument.toString(), { first: 5 }],
    ['search', CustomerSearchDocument.toString(), { filter: { providers: ['MAPLE'], search: 'Orchard' } }],
    ['catalogue', CATALOGUE, {}],
    ['active customers', CUSTOMERS, { status: 'ACTIVE', first: 100 }],
    ['first active customers', CUSTOMERS, { status: 'ACTIVE', first: 3 }],
    ['archived customers', CUSTOMERS, { status: 'ARCHIVED', first: 100 }],
    ['nobody', '{ account(identifier: "nobody") { id } }', {}],
    ['a wrong cursor', '{ plans(first: 1, after: "x") { nodes { id } } }', {}],
  ];

  beforeAll(async () => {
    upstreams = await startFaultyUpstreams();
    redis = withoutRedis('answers kept in Redis') ? null : await startRedisServer();
    const cache = { CACHE_TTL_MS: '600000' };
    const ways = [{}, cache, ...(redis === null ? [] : [{ ...cache, REDIS_URL: redis.url }])];
    for (const way of ways) {
      const config = readConfig({ ...upstreams.env, CURSOR_KEY: 'the same for all', ...way });
      const options = { clock: () => DEFAULT_SANDBOX_NOW, answersDirectly: inject('answersDirectly') };
      gateways.push(await startGateway(config, pino({ level: 'silent' }), options));
    }
    operations.push(...(await invoiceOperations(upstreams)));
  });
  afterAll(async () => {
    await Promise.all(gateways.map((gateway) => gateway.stop()));
    await upstreams.close();
    await redis?.stop();
  });

  async function textOf({ url }: RunningGateway, [, query, variables]: Operation): Promise<string> {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    return response.text();
  }

  it('are to the letter those without one, the first time and again', async () => {
    const [plain, ...keeping] = gateways;
    if (plain === undefined) throw new Error('there is no gateway without a cache');
    const expected = new Map<string, string>();
    for (const operation of operations) {
      const text = await textOf(plain, operation);
      expected.set(operation[0], text);
    }
    for (const gateway of keeping) {
      for (const time of ['first', 'second']) {
        for (const operation of operations) {
          const [title] = operation;
          expect([title, time, await textOf(gateway, operation)]).toEqual([title, time, expected.get(title)]);
        }
      }
    }
    expect(expected.size).toBeGreaterThan(20);
    // What is compared is data.
    const failed = [...expected].filter(([, text]) => text.includes('"errors"')).map(([title]) => title);
    expect(failed).toEqual(['a wrong cursor']);
  });
});

/** Each kind of invoice that the first customer of both systems has. */
async function invoiceOperations({ sandbox }: FaultyUpstreams): Promise<Operation[]> {
  const metronomeId = pickText(await callMetronome(sandbox, 'GET', '/v1/customers?limit=1'), 'data', 0, 'id');
  const mapleId = pickText(await callMaple(sandbox, 'GET', '/customers/acct_1001'), 'id');
  const metronome = await callMetronome(
    sandbox,
    'GET',
    `/v1/customers/${metronomeId}/invoices?limit=100&sort=date_desc`,
  );
  const maple = await callMaple(sandbox, 'POST', '/invoices/find', {
    query: { customer_id: mapleId },
    sort_key: 'createdAtDesc',
    pagination: { limit: 100 },
  });
  const ids = new Map([
    ...pickList(metronome, 'data').map(
      (row) =>
        [
          `METRONOME ${pickText(row, 'status')}`,
          encodeNodeId('Invoice', 'METRONOME', metronomeId, pickText(row, 'id')),
        ] as const,
    ),
    ...pickList(maple, 'results').map(
      (row) =>
        [
          `MAPLE ${pickText(row, 'status')}`,
          encodeNodeId('Invoice', 'MAPLE', mapleId, pickText(row, 'uuid')),
        ] as const,
    ),
  ]);
  return [...ids].map(([title, id]) => [title, InvoiceDetailDocument.toString(), { id }] as const);
}
