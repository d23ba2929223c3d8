import { encodeNodeId } from '../../src/node-id.ts';

/** A request whose document or variables mean harm. */
export interface HostileDocument {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

function many(count: number, text: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => text(at)).join(' ');
}

function nested(depth: number, open: string, inner: string, close = '}'): string {
  return `${open.repeat(depth)}${inner}${close.repeat(depth)}`;
}

/** Documents that name each other: `f0` to `f<count>`, of which the last selects one field. */
function chain(count: number, body: (next: string) => string, type = 'Query'): string {
  return `${many(count, (at) => `fragment f${at} on ${type} { ${body(`...f${at + 1}`)} }`)} fragment f${count} on ${type} { __typename }`;
}

const ACCOUNT = 'account(identifier: "acct_1001")';
const WINDOW = '(from: "2026-06-01T00:00:00Z", to: "2026-07-01T00:00:00Z")';
const CUSTOMERS = Array.from({ length: 100 }, (_, at) =>
  encodeNodeId('Customer', at % 2 === 0 ? 'METRONOME' : 'MAPLE', `c${at}`),
);
const INVOICES = Array.from({ length: 100 }, (_, at) => encodeNodeId('Invoice', 'MAPLE', `c${at}`, `i${at}`));
const MONEY = 'amount minorAmount currency unit { kind name currency providerId }';

/** Sixty of them, by what they try. */
export const HOSTILE_DOCUMENTS: Readonly<Record<string, HostileDocument>> = {
  // Many names for one thing
  'aliases of a cheap field': { query: `{ ${many(1500, (at) => `a${at}: __typename`)} }` },
  'aliases of an account': { query: `{ ${many(300, (at) => `a${at}: ${ACCOUNT} { name }`)} }` },
  'aliases of distinct accounts': {
    query: `{ ${many(300, (at) => `a${at}: account(identifier: "acct_${at}") { name }`)} }`,
  },
  'as many aliases as there may be, each of a page of pages': {
    query: `{ ${many(50, (at) => `a${at}: customers(first: 100) { nodes { invoices(first: 100) { nodes { id } } } }`)} }`,
  },
  'aliases in fragments': {
    query: `{ ...f } fragment f on Query { ${many(400, (at) => `a${at}: plans { nodes { id } }`)} }`,
  },
  'aliases of mutations': {
    query: `mutation { ${many(200, (at) => `a${at}: voidInvoice(input: { idempotencyKey: "k${at}", invoiceId: "x" }) { __typename }`)} }`,
  },
  'as many mutations as there may be aliases': {
    query: `mutation { ${many(50, (at) => `a${at}: voidInvoice(input: { idempotencyKey: "k${at}", invoiceId: "${INVOICES[at]}" }) { __typename }`)} }`,
  },
  'aliases that conflict': { query: `{ ${many(500, (at) => `a: account(identifier: "${at}") { id }`)} }` },
  // One thing many times
  'the type name, often': { query: `{ ${many(4900, () => '__typename')} }` },
  'a field, often': { query: `{ ${many(1200, () => 'providers { sandbox }')} }` },
  'a field, often and deep': {
    query: `{ ${many(200, () => 'customers { nodes { plans { nodes { name } } } }')} }`,
  },
  'a field, often in inline fragments': { query: `{ ${many(600, () => '... on Query { __typename }')} }` },
  'a field of each object, often': {
    query: `{ customers(first: 100) { nodes { ${many(2400, () => 'name')} } } }`,
  },
  'the type name of each object': {
    query: `{ customers(first: 100) { nodes { ${many(200, () => '__typename')} } } }`,
  },
  'unknown fields': { query: `{ ${many(4900, (at) => `x${at}`)} }` },
  // Fragments
  'fragments in a circle': {
    query: `{ ...f0 } ${many(300, (at) => `fragment f${at} on Query { ...f${(at + 1) % 300} __typename }`)}`,
  },
  'a fragment in itself': { query: '{ ...f } fragment f on Query { ...f }' },
  'a fragment in itself below fields': {
    query: `{ ${ACCOUNT} { ...f } } fragment f on Account { customers { account { ...f } } }`,
  },
  'fragments that double each other': { query: `{ ...f0 } ${chain(30, (next) => `${next} ${next}`)}` },
  'fragments that double each other below fields': {
    query: `{ ${ACCOUNT} { ...f0 } } ${chain(12, (next) => `customers { account { ${next} } invoices { nodes { customer { account { ${next} } } } } }`, 'Account')}`,
  },
  'fragments that all spread all later ones': {
    query: `{ ...f0 } ${many(60, (at) => `fragment f${at} on Query { ${many(60 - at, (more) => `...f${at + more + 1}`)} __typename }`)} fragment f60 on Query { __typename }`,
  },
  'many fragments in one place': {
    query: `{ ${many(450, (at) => `...f${at}`)} } ${many(450, (at) => `fragment f${at} on Query { __typename }`)}`,
  },
  'fragments that nobody spreads': {
    query: `{ __typename } ${many(600, (at) => `fragment f${at} on Query { __typename }`)}`,
  },
  'spreads of fragments that are not there': { query: `{ ${many(2400, (at) => `...f${at}`)} }` },
  // Depth
  'objects in objects': { query: `{ ${ACCOUNT} { ${nested(400, 'customers { account {', 'id', '} }')} } }` },
  'as deep as may be, each level a page': {
    query: `{ customers(first: 100) { nodes { account { customers { invoices(first: 100) { nodes { customer { account { customers { plans(first: 100) { nodes { charges(first: 100) { nodes { id } } } } } } } } } } } } } }`,
  },
  'inline fragments in inline fragments': { query: nested(1500, '{ ...', '{ __typename }') },
  'lists in lists': { query: `{ nodes(ids: ${nested(2400, '[', '', ']')}) { id } }` },
  'objects in objects of an argument': {
    query: `{ customers(filter: ${nested(1200, '{ a: ', '1')}) { nodes { id } } }`,
  },
  'lists in lists of a variable': {
    query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
    variables: { ids: JSON.parse(nested(4000, '[', '', ']')) },
  },
  // Lists
  'pages of pages of pages': {
    query:
      '{ customers(first: 100) { nodes { invoices(first: 100) { nodes { lineItems(first: 100) { nodes { name } } } } } } }',
  },
  'accounts of accounts': {
    query:
      '{ customers(first: 100) { nodes { account { customers { account { customers { account { name } } } } } } } }',
  },
  'plans of everyone with everything': {
    query:
      '{ customers(first: 100) { nodes { plans(first: 100) { nodes { description customFields minimums { name } charges(first: 100) { nodes { product { name } } } } } } } }',
  },
  'costs of everyone over thousands of years': {
    query:
      '{ customers(first: 100) { nodes { costs(from: "0001-01-01T00:00:00Z", to: "9999-01-01T00:00:00Z", first: 100) { nodes { to } } } } }',
  },
  'a sum of costs over thousands of years': {
    query: `{ ${ACCOUNT} { costTotals(from: "0001-01-01T00:00:00Z", to: "9999-01-01T00:00:00Z") { amount } } }`,
  },
  'charges of everyone': {
    query:
      '{ customers(first: 100) { edges { cursor node { charges(first: 100) { edges { cursor node { customer { name } product { name } } } } } } } }',
  },
  'every part of every invoice': {
    query: `{ customers(first: 4) { nodes { invoices(first: 100) { nodes { total { ${MONEY} } subtotal { ${MONEY} } customFields lineItems(first: 50) { nodes { total { ${MONEY} } subLineItems { subtotal { ${MONEY} } tiers { subtotal { ${MONEY} } unitPrice { ${MONEY} } } } } } } } } } }`,
  },
  'a page beyond the largest': { query: '{ customers(first: 2147483647) { nodes { id } } }' },
  'a page of less than nothing': { query: '{ customers(first: -2147483648) { nodes { id } } }' },
  'a hundred objects with pages': {
    query:
      'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Customer { invoices(first: 100) { nodes { lineItems(first: 100) { nodes { name } } } } plans { nodes { name charges { nodes { name } } } } } } }',
    variables: { ids: CUSTOMERS },
  },
  'a hundred objects under every alias': {
    query: `query ($ids: [ID!]!) { ${many(50, (at) => `a${at}: nodes(ids: $ids) { id }`)} }`,
    variables: { ids: INVOICES },
  },
  'a hundred accounts of a hundred invoices': {
    query: `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Invoice { customer { account { customers { invoices { nodes { id } } costs${WINDOW} { nodes { to } } } } } } } }`,
    variables: { ids: INVOICES },
  },
  'more ids than there may be': {
    query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
    variables: { ids: Array.from({ length: 20_000 }, () => 'x') },
  },
  'a body of numbers': {
    query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
    variables: { ids: Array.from({ length: 400_000 }, () => 1) },
  },
  'a body of members': {
    query: '{ __typename }',
    variables: Object.fromEntries(Array.from({ length: 80_000 }, (_, at) => [`v${at}`, 1])),
  },
  'a long number': {
    query: 'query ($n: Int) { customers(first: $n) { nodes { id } } }',
    variables: { n: 10 ** 300 },
  },
  // Directives and variables
  'directives on one field': { query: `{ __typename ${many(800, () => '@include(if: true)')} }` },
  'directives on every field': { query: `{ ${many(500, () => '__typename @skip(if: false)')} }` },
  'unknown directives': { query: `{ __typename ${many(2400, () => '@a')} }` },
  'deferred parts of deferred parts': { query: `{ ${nested(60, '... @defer {', '__typename')} }` },
  'variables that are not used': { query: `query (${many(1200, (at) => `$v${at}: Int`)}) { __typename }` },
  'one argument again and again': {
    query: `{ customers(${many(1600, () => 'first: 1')}) { nodes { id } } }`,
  },
  'many operations': { query: many(700, (at) => `query q${at} { __typename }`) },
  // Introspection
  'types of types of types': {
    query: `{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }`,
  },
  'every type under every alias': {
    query: `{ __schema { ${many(50, (at) => `a${at}: types { name fields { name args { name type { name } } type { name } } }`)} } }`,
  },
  'the fields of types under every alias': {
    query: `{ __schema { types { ${many(49, (at) => `a${at}: fields { type { fields { name } } }`)} } } }`,
  },
  'what types are of': { query: `{ __schema { types { ${nested(800, 'ofType {', 'name')} } } }` },
  // Texts
  'text from all over Unicode': {
    query: `{ account(identifier: "\u202e\u0000\ufeff𝕏${'é'.repeat(9000)}") { name } }`,
  },
  'a long name': { query: `{ ${'a'.repeat(190_000)} }` },
  'a long text': { query: `{ account(identifier: "${'a'.repeat(900_000)}") { id } }` },
  'a block of empty lines': { query: `{ account(identifier: """${'\n'.repeat(190_000)}""") { id } }` },
  comments: { query: `{ __typename ${'#\n'.repeat(90_000)} }` },
  'nothing but commas': { query: ','.repeat(190_000) },
};
