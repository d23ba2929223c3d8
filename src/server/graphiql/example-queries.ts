/** One operation to try. */
export interface ExampleQuery {
  /** As graphql prints it, long lists of arguments folded, with comments in front. */
  readonly query: string;
  /** Its variables as JSON text; null where it takes none. */
  readonly variables: string | null;
}

/**
 * What GraphiQL opens with beside the persisted operations, one tab each, named by its operation: they run as they are
 * over the sandbox's data. The first is also what `npm start` prints. Lines fit into GraphiQL's editor, which does not
 * wrap them.
 */
export const EXAMPLE_QUERIES: readonly [ExampleQuery, ...ExampleQuery[]] = [
  {
    query: `# One customer, as both systems know it.
# acct_1001 belongs to the sandbox.
query Account {
  account(identifier: "acct_1001") {
    name
    customers {
      provider
    }
    costTotals(
      from: "2026-06-01T00:00:00Z"
      to: "2026-07-01T00:00:00Z"
    ) {
      amount
      currency
    }
    invoices(first: 3) {
      nodes {
        provider
        status
        issuedAt
        total {
          amount
          currency
        }
      }
    }
  }
}
`,
    variables: null,
  },
  {
    query: `# One invoice down to its tiers.
# Only Metronome shows the lines of invoices.
query InvoiceLines {
  account(identifier: "acct_1001") {
    invoices(
      first: 1
      filter: { providers: [METRONOME] }
    ) {
      nodes {
        status
        periodStart
        periodEnd
        dueAt
        total {
          amount
          currency
        }
        adjustments {
          name
          total {
            amount
          }
        }
        lineItems {
          nodes {
            name
            groupValue
            total {
              amount
            }
            subLineItems {
              name
              quantity
              subtotal {
                amount
              }
              tiers {
                startsAt
                quantity
                unitPrice {
                  amount
                }
              }
            }
          }
        }
      }
    }
  }
}
`,
    variables: null,
  },
  {
    query: `# What is charged once. Maple does not say
# the total, Metronome not the date.
query OneTimeCharges {
  account(identifier: "acct_1001") {
    charges(first: 10) {
      nodes {
        provider
        name
        status
        createdAt
        quantity
        unitPrice {
          amount
          currency
        }
        total {
          amount
          currency
        }
      }
    }
  }
}
`,
    variables: null,
  },
  {
    query: `# Any objects by their global ids: here an
# account, and an invoice of each system.
query ById($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    id
    ... on Account {
      identifier
      name
    }
    ... on Invoice {
      provider
      status
      issuedAt
      total {
        amount
        currency
      }
      customer {
        name
      }
    }
  }
}
`,
    variables: `{
  "ids": [
    "QWNjb3VudDphY2N0XzEwMDE",
    "SW52b2ljZTpNRVRST05PTUU6MmRhODc5M2YtOTZhZC01ODkyLWE5YjMtYzkwM2M1NDYxMTkxOjI0ZGNkZTU2LTJkOGEtNTE5Zi1iYjVkLWY2ZjRjNDIxMTY3MA",
    "SW52b2ljZTpNQVBMRTpjdXNfMmVlYTU2MFgwOmVjMWM2Nzc2LTA2ZGMtODBkZC1hOWFhLTAwMDAwMDAwMDAwYw"
  ]
}
`,
  },
  {
    query: `# Which systems are behind this gateway,
# and how they are doing.
query Providers {
  providers {
    provider
    status
    sandbox
  }
}
`,
    variables: null,
  },
];
