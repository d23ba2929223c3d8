import { ClientError } from 'graphql-request';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  AddChargeDocument,
  BillingOverviewDocument,
  InvoiceListDocument,
  type AddOneTimeChargeInput,
  type InvoiceListQuery,
} from '../../generated/graphql.ts';
import { appOperations } from '../../support/app-operations.ts';
import { createManifestFolder } from '../../support/manifest-folder.ts';
import { operationVariables } from '../../support/operation-variables.ts';
import { pick, pickText } from '../../support/pick.ts';
import { refusal } from '../../support/upstream-outages.ts';
import {
  identifier,
  june,
  mapleDown,
  mapleFailure,
  newestInvoices,
  startClientGateway,
  type ClientGateway,
} from '../client-gateway.ts';
import { createRequestClient } from './create-request-client.ts';

describe('graphql-request with documents', () => {
  let gateway: ClientGateway;
  beforeAll(async () => {
    gateway = await startClientGateway();
  });
  afterAll(() => gateway.stop());

  it('walks three pages of invoices without loss or repetition', async () => {
    const client = createRequestClient({ url: gateway.url });
    const ids: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 3; page += 1) {
      const { account }: InvoiceListQuery = await client.request(InvoiceListDocument, {
        identifier,
        first: 3,
        after,
      });
      ids.push(...(account?.invoices?.edges ?? []).map(({ node }) => node.id));
      after = account?.invoices?.pageInfo.endCursor ?? null;
    }
    expect(ids).toEqual(await newestInvoices(gateway, 9));
    expect(gateway.operations).toContain('POST InvoiceList with document');
  });
});

describe('graphql-request with ids of the committed manifest', () => {
  let gateway: ClientGateway;
  let variablesOf: Awaited<ReturnType<typeof operationVariables>>;
  beforeAll(async () => {
    const open = await startClientGateway();
    variablesOf = await operationVariables(open);
    await open.stop();
    gateway = await startClientGateway({ PERSISTED_OPERATIONS: 'only' });
  });
  afterAll(() => gateway.stop());
  beforeEach(() => {
    gateway.faults.maple.turnOff();
    gateway.operations.length = 0;
  });

  it.each(appOperations)('runs $name where nothing else is executed', async ({ name, document }) => {
    const client = createRequestClient({ url: gateway.url, byId: true });
    const [variables, place] = variablesOf[name] ?? [{}, ''];
    expect(await client.request(document, variables)).toHaveProperty(place);
    expect(gateway.operations).toEqual([`POST ${name} by id`]);
  });

  it('fails visibly with a document', async () => {
    const client = createRequestClient({ url: gateway.url });
    await expect(client.request(InvoiceListDocument, { identifier })).rejects.toMatchObject({
      response: { errors: [{ extensions: { code: 'PERSISTED_QUERY_ONLY' } }] },
    });
  });

  it('fails visibly where the gateway does not know the operation', async () => {
    const folder = await createManifestFolder();
    const other = await startClientGateway({
      PERSISTED_OPERATIONS_PATH: await folder.write('other.json', '{}'),
    });
    const client = createRequestClient({ url: other.url, byId: true });
    await expect(client.request(InvoiceListDocument, { identifier })).rejects.toMatchObject({
      response: { errors: [{ message: 'PersistedQueryNotFound' }] },
    });
    await other.stop();
    await folder.remove();
  });

  it('throws an error that holds the part of one system, and where the other is missing', async () => {
    gateway.faults.maple.turnOn(mapleDown);
    const client = createRequestClient({ url: gateway.url, byId: true });
    const failed: unknown = await client
      .request(BillingOverviewDocument, { identifier, ...june })
      .catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(ClientError);
    expect(pick(failed, 'response', 'data', 'account')).toMatchObject({
      failures: [mapleFailure],
      invoices: { edges: { length: 5 } },
      costTotals: null,
    });
    expect(pick(failed, 'response', 'errors')).toContainEqual(
      expect.objectContaining({
        path: ['account', 'costTotals'],
        extensions: { code: 'UPSTREAM_UNAVAILABLE', provider: 'MAPLE' },
      }),
    );
  });

  it('gives the failure of a mutation as a member of its result', async () => {
    gateway.faults.maple.turnOn(({ path }) => (path.endsWith('/one_times') ? refusal(429) : undefined));
    const client = createRequestClient({ url: gateway.url, byId: true });
    const [variables] = variablesOf['AddCharge'] ?? [{}];
    const input: AddOneTimeChargeInput = {
      idempotencyKey: 'charge-2',
      customerId: pickText(variables, 'input', 'customerId'),
      charge: { maple: { timing: 'NEXT', items: [{ productPricingId: 'price_1', quantity: '1' }] } },
    };
    expect(await client.request(AddChargeDocument, { input })).toMatchObject({
      addOneTimeCharge: { __typename: 'UpstreamUnavailableError', code: 'UPSTREAM_RATE_LIMITED' },
    });
  });
});
