import { CombinedGraphQLErrors, gql, type ApolloClient } from '@apollo/client/core';
import { OperationTypeNode } from 'graphql';
import { filter, lastValueFrom, map, takeWhile, toArray } from 'rxjs';
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
import { refuseComplaints } from '../console-complaints.ts';
import { deferredCosts } from '../deferred-costs.ts';
import { typedDocument } from '../typed-document.ts';
import { voidInvoice } from '../void-invoice.ts';
import { generateApolloManifest, type ApolloManifest } from './apollo-manifest.ts';
import { createApolloClient } from './create-apollo-client.ts';

const invoiceList = typedDocument(InvoiceListDocument);
const free = gql`
  query Providers {
    providers {
      provider
    }
  }
`;

refuseComplaints();

describe('Apollo Client, registering documents by their hashes', () => {
  let gateway: ClientGateway;
  let client: ApolloClient;
  beforeEach(async () => {
    gateway = await startClientGateway();
    client = createApolloClient({ url: gateway.url });
  });
  afterEach(() => gateway.stop());

  it('walks three pages of invoices, by GET, without loss or repetition', async () => {
    expect(await walk(client)).toEqual(await newestInvoices(gateway, 9));
    expect(gateway.operations.slice(0, 4)).toEqual([
      'GET InvoiceList by id',
      'POST InvoiceList by id with document',
      'GET InvoiceList by id',
      'GET InvoiceList by id',
    ]);
  });

  it('goes on with a list after other operations have asked for a part of it', async () => {
    await walk(client);
    const query = typedDocument(BillingOverviewDocument);
    await client.query({ query, variables: { identifier, ...june } });
    expect(shownInvoices(client)).toEqual(await newestInvoices(gateway, 5));
    await nextPage(client);
    expect(shownInvoices(client)).toEqual(await newestInvoices(gateway, 8));
  });

  it('goes on with a list after a system has failed in the middle of it', async () => {
    await client.query({ query: invoiceList, variables: { identifier, first: 3 } });
    gateway.faults.maple.turnOn(mapleDown);
    await nextPage(client);
    expect(shownList(client)?.failures).toMatchObject([mapleFailure]);
    gateway.faults.maple.turnOff();
    for (let page = 0; page < MANY_PAGES && shownList(client)?.pageInfo.hasNextPage === true; page += 1)
      await nextPage(client);
    const all = await newestInvoices(gateway, 100);
    expect(shownInvoices(client).toSorted()).toEqual(all.toSorted());
  });

  it('shows a voided invoice as void in a list that it has asked for before', async () => {
    const variables = { identifier, first: 3 };
    const { data } = await client.query({ query: invoiceList, variables });
    const invoice = data?.account?.invoices?.edges.find(({ node }) => node.status === 'OPEN')?.node;
    gateway.operations.length = 0;
    const input = { idempotencyKey: 'void-1', invoiceId: invoice?.id ?? '' };
    await client.mutate({ mutation: voidInvoice, variables: { input } });
    expect(shownList(client)?.edges.find(({ node }) => node.id === invoice?.id)?.node.status).toBe('VOID');
    expect(gateway.operations).toEqual(['POST VoidInvoice by id', 'POST VoidInvoice by id with document']);
  });

  it('registers a document once, for other clients too', async () => {
    await client.query({ query: free });
    const other = createApolloClient({ url: gateway.url });
    gateway.operations.length = 0;
    expect((await other.query({ query: free })).data).toHaveProperty('providers.1.provider');
    expect(gateway.operations).toEqual(['GET Providers by id']);
  });

  it('shows what is not deferred before the rest has come', async () => {
    const parts = client.watchQuery({ query: deferredCosts }).pipe(
      filter(({ dataState }) => dataState !== 'empty'),
      takeWhile(({ dataState }) => dataState !== 'complete', true),
      map(({ data }) => Object.keys(data?.account ?? {})),
      toArray(),
    );
    expect(await lastValueFrom(parts)).toEqual([
      ['__typename', 'id', 'name'],
      ['__typename', 'id', 'name', 'costTotals'],
    ]);
  });

  it('gives the part of one system, and where the other is missing', async () => {
    gateway.faults.maple.turnOn(mapleDown);
    const { data, error } = await client.query({
      query: typedDocument(BillingOverviewDocument),
      variables: { identifier, ...june },
      errorPolicy: 'all',
    });
    expect(data?.account?.failures).toMatchObject([mapleFailure]);
    expect(data?.account?.invoices?.edges).toHaveLength(5);
    expect(data?.account?.costTotals).toBeNull();
    expect(CombinedGraphQLErrors.is(error) && error.errors).toContainEqual(
      expect.objectContaining({
        path: ['account', 'costTotals'],
        extensions: { code: 'UPSTREAM_UNAVAILABLE', provider: 'MAPLE' },
      }),
    );
  });

  it('gives the failure of a mutation as a member of its result', async () => {
    const [, invoiceId = ''] = await newestInvoices(gateway, 2);
    gateway.faults.metronome.turnOn(({ path }) => (path.endsWith('/void') ? refusal(429) : undefined));
    const input = { idempotencyKey: 'void-2', invoiceId };
    const { data } = await client.mutate({ mutation: voidInvoice, variables: { input } });
    expect(data?.voidInvoice).toMatchObject({
      __typename: 'UpstreamUnavailableError',
      code: 'UPSTREAM_RATE_LIMITED',
    });
  });
});

describe('Apollo Client with the manifest of its own tool', () => {
  let manifest: ApolloManifest;
  let gateway: ClientGateway;
  let client: ApolloClient;
  let variablesOf: Awaited<ReturnType<typeof operationVariables>>;
  beforeAll(async () => {
    const open = await startClientGateway();
    variablesOf = await operationVariables(open);
    await open.stop();
    manifest = await generateApolloManifest();
    gateway = await startClientGateway({
      PERSISTED_OPERATIONS: 'only',
      PERSISTED_OPERATIONS_PATH: manifest.path,
    });
  }, 60_000);
  afterAll(async () => {
    await gateway.stop();
    await manifest.remove();
  });
  beforeEach(() => {
    client = createApolloClient({ url: gateway.url, manifest: manifest.content });
    gateway.operations.length = 0;
  });

  it.each(appOperations)('runs $name where nothing else is executed', async ({ name, type, document }) => {
    const [variables, place] = variablesOf[name] ?? [{}, ''];
    const isMutation = type === OperationTypeNode.MUTATION;
    const { data } = isMutation
      ? await client.mutate({ mutation: gql(document), variables })
      : await client.query({ query: gql(document), variables });
    expect(data).toHaveProperty(place);
    expect(gateway.operations).toEqual([`${isMutation ? 'POST' : 'GET'} ${name} by id`]);
  });

  it('fails visibly where the gateway knows the operation no more', async () => {
    const operations = [{ name: 'Providers', id: 'f'.repeat(64) }];
    const shipped = createApolloClient({ url: gateway.url, manifest: { operations } });
    await expect(shipped.query({ query: free })).rejects.toMatchObject({
      errors: [{ extensions: { code: 'PERSISTED_QUERY_ONLY' } }],
    });
    expect(gateway.operations).toEqual(['GET Providers by id', 'POST Providers by id with document']);
  });
});

/** Asks for three pages of three, and gives the ids of what is shown then. */
async function walk(client: ApolloClient): Promise<readonly string[]> {
  await client.query({ query: invoiceList, variables: { identifier, first: 3 } });
  await nextPage(client);
  await nextPage(client);
  return shownInvoices(client);
}

/** Asks for what follows all that is shown. */
async function nextPage(client: ApolloClient): Promise<void> {
  const variables = { identifier, first: 3 };
  const list = client.watchQuery({ query: invoiceList, variables });
  const subscription = list.subscribe(() => undefined);
  const after = shownList(client)?.pageInfo.endCursor ?? null;
  await list.fetchMore({ variables: { after }, errorPolicy: 'all' });
  subscription.unsubscribe();
}

function shownList(client: ApolloClient) {
  const shown = client.readQuery({ query: invoiceList, variables: { identifier, first: 3 } });
  return shown?.account?.invoices;
}

function shownInvoices(client: ApolloClient): readonly string[] {
  return shownList(client)?.edges.map(({ node }) => node.id) ?? [];
}
