/**
 * What the peers serve: of the gateway's schema what the bench's documents ask for, under the same names. Dates and
 * decimals are plain strings here, and no list takes a cursor.
 */
export const SUB_SCHEMA = `
  type Query {
    customers(first: Int = 20, filter: CustomerFilter): CustomerConnection
    nodes(ids: [ID!]!): [Node]!
    account(identifier: String!): Account
    customerByProviderId(provider: Provider!, providerId: String!): Customer
  }
  enum Provider { METRONOME MAPLE }
  input CustomerFilter { providers: [Provider!] }
  interface Node { id: ID! }
  type CustomerConnection { nodes: [Customer!]! }
  type Customer implements Node {
    id: ID!
    provider: Provider!
    name: String!
    identifiers: [String!]!
    status: String!
    createdAt: String
    invoices(first: Int = 20): InvoiceConnection
  }
  type InvoiceConnection { nodes: [Invoice!]! }
  type Invoice {
    id: ID!
    provider: Provider!
    number: String
    status: String!
    issuedAt: String
    total: Money!
    lineItems(first: Int = 50): InvoiceLineItemConnection
  }
  type InvoiceLineItemConnection { nodes: [InvoiceLineItem!]! }
  type InvoiceLineItem { name: String! type: String! quantity: String total: Money! }
  type Money { amount: String! currency: String }
  type Account {
    id: ID!
    name: String!
    customers: [Customer!]!
    plans(first: Int = 20): PlanConnection
    invoices(first: Int = 20): InvoiceConnection
    costs(first: Int = 31, from: String!, to: String!): CostConnection
  }
  type PlanConnection { nodes: [Plan!]! }
  type Plan { id: ID! provider: Provider! name: String! }
  type CostConnection { nodes: [Cost!]! }
  type Cost { provider: Provider! basis: String! from: String to: String amounts: [CostAmount!]! }
  type CostAmount { total: Money! }
`;
