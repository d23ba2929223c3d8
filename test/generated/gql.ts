/* eslint-disable */
import * as types from './graphql.ts';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "query Account($identifier: String!) {\n  account(identifier: $identifier) {\n    id\n    identifier\n    name\n    customers {\n      provider\n      providerId\n      name\n      status\n    }\n    failures {\n      provider\n      code\n      retryable\n    }\n    invoices(first: 5) {\n      nodes {\n        id\n        provider\n        number\n        status\n        issuedAt\n        total {\n          amount\n          currency\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}": typeof types.AccountDocument,
    "query Customers($first: Int = 20, $after: String, $filter: CustomerFilter) {\n  customers(first: $first, after: $after, filter: $filter) {\n    edges {\n      cursor\n      node {\n        id\n        provider\n        providerId\n        name\n        status\n        createdAt\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    failures {\n      provider\n      code\n    }\n  }\n}": typeof types.CustomersDocument,
    "query Invoice($id: ID!) {\n  invoice(id: $id) {\n    id\n    provider\n    status\n    providerStatus\n    periodStart\n    periodEnd\n    total {\n      amount\n      currency\n      minorAmount\n    }\n    lineItems(first: 50) {\n      nodes {\n        name\n        type\n        quantity\n        total {\n          amount\n        }\n      }\n    }\n  }\n}": typeof types.InvoiceDocument,
};
const documents: Documents = {
    "query Account($identifier: String!) {\n  account(identifier: $identifier) {\n    id\n    identifier\n    name\n    customers {\n      provider\n      providerId\n      name\n      status\n    }\n    failures {\n      provider\n      code\n      retryable\n    }\n    invoices(first: 5) {\n      nodes {\n        id\n        provider\n        number\n        status\n        issuedAt\n        total {\n          amount\n          currency\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}": types.AccountDocument,
    "query Customers($first: Int = 20, $after: String, $filter: CustomerFilter) {\n  customers(first: $first, after: $after, filter: $filter) {\n    edges {\n      cursor\n      node {\n        id\n        provider\n        providerId\n        name\n        status\n        createdAt\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    failures {\n      provider\n      code\n    }\n  }\n}": types.CustomersDocument,
    "query Invoice($id: ID!) {\n  invoice(id: $id) {\n    id\n    provider\n    status\n    providerStatus\n    periodStart\n    periodEnd\n    total {\n      amount\n      currency\n      minorAmount\n    }\n    lineItems(first: 50) {\n      nodes {\n        name\n        type\n        quantity\n        total {\n          amount\n        }\n      }\n    }\n  }\n}": types.InvoiceDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Account($identifier: String!) {\n  account(identifier: $identifier) {\n    id\n    identifier\n    name\n    customers {\n      provider\n      providerId\n      name\n      status\n    }\n    failures {\n      provider\n      code\n      retryable\n    }\n    invoices(first: 5) {\n      nodes {\n        id\n        provider\n        number\n        status\n        issuedAt\n        total {\n          amount\n          currency\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}"): typeof import('./graphql.ts').AccountDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Customers($first: Int = 20, $after: String, $filter: CustomerFilter) {\n  customers(first: $first, after: $after, filter: $filter) {\n    edges {\n      cursor\n      node {\n        id\n        provider\n        providerId\n        name\n        status\n        createdAt\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    failures {\n      provider\n      code\n    }\n  }\n}"): typeof import('./graphql.ts').CustomersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Invoice($id: ID!) {\n  invoice(id: $id) {\n    id\n    provider\n    status\n    providerStatus\n    periodStart\n    periodEnd\n    total {\n      amount\n      currency\n      minorAmount\n    }\n    lineItems(first: 50) {\n      nodes {\n        name\n        type\n        quantity\n        total {\n          amount\n        }\n      }\n    }\n  }\n}"): typeof import('./graphql.ts').InvoiceDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
