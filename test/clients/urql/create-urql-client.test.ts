import { gql, type Client } from '@urql/core';
import { OperationTypeNode } from 'graphql';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BillingOverviewDocument, InvoiceListDocument } from '../../generated/graphql.ts';
import { appOperations } from '../../support/app-operations.ts';
import { operationVariables } from '../../support/operation-variables.ts';
import { refusal } from '../../support/upstream-outages.ts';
import {
  identifier,
  june,
  MANY_PAGES,
  mapleDown,
  mapleFailure,
  newestInvoices,
  startClientGateway,
  type ClientGateway,
} from '../client-gateway.ts';
import { deferredCosts } from '../deferred-costs.ts';
import { operationIds } from '../operation-ids.ts';
import { refuseComplaints } from '../console-complaints.ts';
import { typedDocument } from '../typed-document.ts';
import { voidInvoice } from '../void-invoice.ts';
import { createUrqlClient } from './create-urql-client.ts';
import { fetchSchema } from './fetch-schema.ts';

const invoiceList = typedDocument(InvoiceListDocument);
const free = gql`
  query Providers {
    providers {
      provider
    }
  }
`;

let schema: Awaited<ReturnType<typeof fetchSchema>>;
beforeAll(async () => {
  const open = await startClientGateway();
  schema = await fetchSchema(open.url);
  await open.stop();
});
refuseComplaints();

describe('urql, registering documents by their hashes', () => {
  let gateway: ClientGateway;
  let client: Client;
  beforeEach(async () => {
    gateway = await startClientGateway();
    client = createUrqlClient({ url: gateway.url, schema });
  });
  afterEach(() => gateway.stop());

  it('walks three pages of invoices, by GET, without loss or repetition', async () => {
    for (let page = 0; page < 3; page += 1) await nextPage(client);
    expect(shownInvoices(client)).toEqual(await newestInvoices(gateway, 9));
    expect(gateway.operations.slice(0, 4)).toEqual([
      'GET InvoiceList by id',
      'GET InvoiceList by id with document',
      'GET InvoiceList by id',
      'GET InvoiceList by id',
    ]);
  });

  it('goes on with a list after other operations have asked for a part of it', async () => {
    await nextPage(client);
    await client.query(typedDocument(BillingOverviewDocument), { identifier, ...june });
    await restOfPages(client);
    expect(shownInvoices(client)).toEqual(await newestInvoices(gateway, 100));
  });

  it('goes on with a list after a system has failed in the middle of it', async () => {
    await nextPage(client);
    gateway.faults.maple.turnOn(mapleDown);
    await nextPage(client);
    gateway.faults.maple.turnOff();
    await restOfPages(client);
    const all = await newestInvoices(gateway, 100);
    expect(shownInvoices(client).toSorted()).toEqual(all.toSorted());
  });

  it('shows a voided invoice as void in a list that it has asked for before', async () => {
    await nextPage(client);
    const invoice = shownList(client)?.edges.find(({ node }) => node.status === 'OPEN')?.node;
    gateway.operations.length = 0;
    await client.mutation(voidInvoice, { input: { idempotencyKey: 'void-1', invoiceId: invoice?.id ?? '' } });
    expect(shownList(client)?.edges.find(({ node }) => node.id === invoice?.id)?.node.status).toBe('VOID');
    expect(gateway.operations).toEqual(['POST VoidInvoice by id', 'POST VoidInvoice by id with document']);
  });

  it('shows what is not deferred before the rest has come', async () => {
    const parts = await new Promise<string[][]>((resolve) => {
      const shown: string[][] = [];
      client.query(deferredCosts, {}).subscribe(({ data, hasNext }) => {
        shown.push(Object.keys(data?.account ?? {}));
        if (!hasNext) resolve(shown);
      });
    });
    expect(parts).toEqual([
      ['id', 'name'],
      ['id', 'name', 'costTotals'],
    ]);
  });

  it('gives the part of one system, and where the other is missing', async () => {
    gateway.faults.maple.turnOn(mapleDown);
    const { data, error } = await client.query(typedDocument(BillingOverviewDocument), {
      identifier,
      ...june,
    });
    expect(data?.account?.failures).toMatchObject([mapleFailure]);
    expect(data?.account?.invoices).toMatchObject({ failures: [mapleFailure], edges: { length: 5 } });
    expect(data?.account?.costTotals).toBeNull();
    expect(error?.graphQLErrors).toContainEqual(
      expect.objectContaining({
        path: ['account', 'costTotals'],
        extensions: { code: 'UPSTREAM_UNAVAILABLE', provider: 'MAPLE' },
      }),
    );
  });

  it('gives the failure of a mutation as a member of its result', async () => {
    const [, invoiceId = ''] = await newestInvoices(gateway, 2);
    gateway.faults.metronome.turnOn(({ path }) => (path.endsWith('/void') ? refusal(429) : undefined));
    const { data } = await client.mutation(voidInvoice, { input: { idempotencyKey: 'void-2', invoiceId } });
    expect(data?.voidInvoice).toMatchObject({
      __typename: 'UpstreamUnavailableError',
      code: 'UPSTREAM_RATE_LIMITED',
    });
  });
});

describe('urql with the ids of the committed manifest', () => {
  let gateway: ClientGateway;
  let client: Client;
  let variablesOf: Awaited<ReturnType<typeof operationVariables>>;
  beforeAll(async () => {
    const open = await startClientGateway();
    variablesOf = await operationVariables(open);
    await open.stop();
    gateway = await startClientGateway({ PERSISTED_OPERATIONS: 'only' });
  });
  afterAll(() => gateway.stop());
  beforeEach(() => {
    client = createUrqlClient({ url: gateway.url, schema, operationIds });
    gateway.operations.length = 0;
  });

  it.each(appOperations)('runs $name where nothing else is executed', async ({ name, type, document }) => {
    const [variables, place] = variablesOf[name] ?? [{}, ''];
    const isMutation = type === OperationTypeNode.MUTATION;
    const result = isMutation
      ? await client.mutation(document, variables)
      : await client.query(document, variables);
    expect(result.error).toBeUndefined();
    expect(result.data).toHaveProperty(place);
    expect(gateway.operations).toEqual([`${isMutation ? 'POST' : 'GET'} ${name} by id`]);
  });

  it('fails visibly where the gateway knows the operation no more', async () => {
    const shipped = new Map([['Providers', 'f'.repeat(64)]]);
    client = createUrqlClient({ url: gateway.url, schema, operationIds: shipped });
    const { error } = await client.query(free, {});
    expect(error?.graphQLErrors).toMatchObject([{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }]);
    expect(gateway.operations).toEqual(['GET Providers by id']);
  });

  it('fails visibly where it wants to register a document', async () => {
    client = createUrqlClient({ url: gateway.url, schema });
    const { error } = await client.query(free, {});
    expect(error?.graphQLErrors).toMatchObject([{ extensions: { code: 'PERSISTED_QUERY_ONLY' } }]);
    expect(gateway.operations).toEqual(['GET Providers by id', 'GET Providers by id with document']);
  });
});

async function restOfPages(client: Client): Promise<void> {
  for (let page = 0; page < MANY_PAGES && shownList(client)?.pageInfo.hasNextPage === true; page += 1)
    await nextPage(client);
}

/** Asks for what follows all that is shown. */
async function nextPage(client: Client): Promise<void> {
  await client.query(invoiceList, {
    identifier,
    first: 3,
    after: shownList(client)?.pageInfo.endCursor ?? null,
  });
}

function shownList(client: Client) {
  return client.readQuery(invoiceList, { identifier, first: 3 })?.data?.account?.invoices;
}

function shownInvoices(client: Client): readonly string[] {
  return shownList(client)?.edges.map(({ node }) => node.id) ?? [];
}
