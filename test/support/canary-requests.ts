import { encodeNodeId } from '../../src/node-id.ts';

/** Texts that are planted, by where; none of them may show in a log, a metric, a trace or an error. */
export const CANARIES = {
  apiKey: 'canary-api-key-4c1d',
  keyName: 'canary-key-name-4c1d',
  metronomeToken: 'canary-metronome-token-4c1d',
  mapleToken: 'canary-maple-token-4c1d',
  wrongKey: 'canary-wrong-key-4c1d',
  collectorToken: 'canary-collector-token-4c1d',
  header: 'canary-header-4c1d',
  address: 'canary-address-4c1d',
  variable: 'canary-variable-4c1d',
  id: 'canary-id-4c1d',
  upstream: 'canary-upstream-4c1d',
  /** In documents, whose names an error may repeat to those who sent them. */
  document: 'canaryDocument4c1d',
} as const;

/** One request of a client. */
export interface PlantedRequest {
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

const planted: Readonly<Record<string, string>> = {
  cookie: `session=${CANARIES.header}`,
  'user-agent': CANARIES.header,
  referer: `https://${CANARIES.header}.example.com/`,
  origin: `https://${CANARIES.header}.example.com`,
  'x-forwarded-for': CANARIES.header,
  'x-request-id': `not an id: ${CANARIES.header}`,
  traceparent: CANARIES.header,
  tracestate: `vendor=${CANARIES.header}`,
  baggage: `customer=${CANARIES.header}`,
  'apollographql-client-name': CANARIES.header,
  [CANARIES.header]: CANARIES.header,
};
const known = { ...planted, authorization: `Bearer ${CANARIES.apiKey}` };
const json = { ...known, 'content-type': 'application/json' };

function post(body: unknown, headers: Readonly<Record<string, string>> = json): PlantedRequest {
  return {
    path: '/graphql',
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}

const { document: name, variable, id, address } = CANARIES;
const LIST = `query ${name} { ${name}: customers(first: 2) { nodes { ${name}: name } } } # ${name}`;
const BY_ID = `query ${name}($id: ID!) { node(id: $id) { id ... on Customer { name } } }`;
const ACCOUNT = `query ${name}($text: String!) { account(identifier: $text) { name invoices(first: 2) { nodes { id } } } }`;
const VOID = `mutation ${name}($input: VoidInvoiceInput!) { voidInvoice(input: $input) { __typename ... on Error { message code } } }`;

/** Requests of every kind, good and bad, each with planted texts wherever there is room for one. */
export function plantedRequests(): readonly PlantedRequest[] {
  return [
    post({ query: LIST, operationName: name, extensions: { [name]: variable } }),
    post({ query: ACCOUNT, variables: { text: variable } }),
    post({ query: BY_ID, variables: { id } }),
    post({ query: BY_ID, variables: { id: encodeNodeId('Customer', 'METRONOME', id) } }),
    post({ query: BY_ID, variables: { id: encodeNodeId('Invoice', 'MAPLE', id, id) } }),
    post({ query: BY_ID, variables: { id: { [variable]: variable } } }),
    post({ query: `{ customers(first: 2, after: "${variable}") { nodes { id } } }` }),
    post({
      query: VOID,
      variables: {
        input: { idempotencyKey: variable, invoiceId: encodeNodeId('Invoice', 'METRONOME', id, id) },
      },
    }),
    post({
      query: VOID,
      variables: {
        input: { idempotencyKey: variable.repeat(9), invoiceId: encodeNodeId('Invoice', 'MAPLE', id, id) },
      },
    }),
    post({ query: `{ ${name} }` }),
    post({ query: `{ ${name}(` }),
    post({ query: LIST, operationName: `${name}Other` }),
    post({
      query: 'query ($first: Int) { customers(first: $first) { nodes { id } } }',
      variables: { first: variable },
    }),
    post({ documentId: address }),
    post({ extensions: { persistedQuery: { version: 1, sha256Hash: address } } }),
    post([{ query: LIST }]),
    post(`{"query":"${variable}`),
    post({ query: LIST, padding: variable.repeat(100_000) }),
    post({ query: LIST }, { ...known, 'content-type': `text/${address}` }),
    post(
      { query: LIST },
      { ...planted, 'content-type': 'application/json', authorization: `Bearer ${CANARIES.wrongKey}` },
    ),
    post({ query: LIST }, { ...planted, 'content-type': 'application/json', 'x-api-key': CANARIES.wrongKey }),
    { path: `/graphql?query={__typename}&${address}=${address}`, method: 'GET', headers: known },
    { path: `/graphql?query={__typename}&variables=${address}`, method: 'GET', headers: known },
    { path: `/${address}`, method: 'GET', headers: known },
    { path: `/metrics/${address}`, method: 'GET', headers: known },
    { path: `/readyz?${address}`, method: 'GET', headers: known },
    { path: '/graphql', method: 'PUT', headers: json, body: variable },
    { path: '/graphql', method: 'OPTIONS', headers: { ...planted, 'access-control-request-method': 'POST' } },
  ];
}
