import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InvoiceListDocument } from '../generated/graphql.ts';
import { startGatewayProcess, type GatewayProcess } from '../support/gateway-process.ts';
import { sha256 } from '../support/manifest-folder.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';
import { generateApolloManifest, type ApolloManifest } from './apollo/apollo-manifest.ts';
import { createApolloClient } from './apollo/create-apollo-client.ts';
import { identifier, june } from './client-gateway.ts';
import { refuseComplaints } from './console-complaints.ts';
import { createRequestClient } from './graphql-request/create-request-client.ts';
import { operationIds } from './operation-ids.ts';
import { buildRelayApp, type RelayApp } from './relay/build-relay-app.ts';
import { createRelayEnvironment } from './relay/create-relay-environment.ts';
import { typedDocument } from './typed-document.ts';
import { createUrqlClient } from './urql/create-urql-client.ts';
import { fetchSchema } from './urql/fetch-schema.ts';

const apiKey = 'key-of-an-app';
const variables = { identifier, first: 3 };
const page = { account: { invoices: { edges: { length: 3 } } } };

refuseComplaints();

describe('a gateway in production, with the manifests of three apps', () => {
  let upstreams: TestGateway;
  let apollo: ApolloManifest;
  let relay: RelayApp;
  let gateway: GatewayProcess;
  beforeAll(async () => {
    // Its two sandboxes serve here; the gateway in front of them shows its schema and no more.
    [upstreams, apollo, relay] = await Promise.all([
      startTestGateway(),
      generateApolloManifest(),
      buildRelayApp(),
    ]);
    gateway = await startGatewayProcess({
      PORT: '0',
      NODE_ENV: 'production',
      METRONOME_API_URL: upstreams.metronome.url,
      METRONOME_API_TOKEN: upstreams.metronome.token,
      MAPLE_API_URL: upstreams.maple.url,
      MAPLE_API_TOKEN: upstreams.maple.token,
      MAPLE_COMPANY_ID: upstreams.maple.companyId,
      GATEWAY_API_KEYS: `app:read:${sha256(apiKey)}`,
      IDEMPOTENCY_PATH: ':memory:',
      PERSISTED_OPERATIONS_PATH: `schema/persisted-operations.json,${apollo.path},${relay.manifestPath}`,
    });
  }, 60_000);
  afterAll(async () => {
    await gateway.kill();
    await Promise.all([upstreams.stop(), apollo.remove(), relay.remove()]);
  });

  it('answers Apollo Client', async () => {
    const client = createApolloClient({ url: gateway.url, apiKey, manifest: apollo.content });
    const { data } = await client.query({ query: typedDocument(InvoiceListDocument), variables });
    expect(data).toMatchObject(page);
  });

  it('answers urql', async () => {
    // As an app's build does, where introspection is on.
    const schema = await fetchSchema(upstreams.url);
    const client = createUrqlClient({ url: gateway.url, apiKey, schema, operationIds });
    const { data } = await client.query(typedDocument(InvoiceListDocument), variables);
    expect(data).toMatchObject(page);
  });

  it('answers Relay', async () => {
    const environment = createRelayEnvironment({ url: gateway.url, apiKey });
    const account = await relay.invoiceList.openInvoices(environment, { ...variables, ...june });
    expect(await relay.invoiceList.shownInvoices(environment, account ?? {})).toMatchObject(page.account);
  });

  it('answers graphql-request', async () => {
    const client = createRequestClient({ url: gateway.url, apiKey, byId: true });
    expect(await client.request(InvoiceListDocument, variables)).toMatchObject(page);
  });

  it('answers none of them without a key', async () => {
    const client = createRequestClient({ url: gateway.url, byId: true });
    await expect(client.request(InvoiceListDocument, variables)).rejects.toMatchObject({
      response: { status: 401 },
    });
  });
});
