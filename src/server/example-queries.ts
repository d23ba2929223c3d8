/** What GraphiQL opens with, one tab each: they run as they are over the sandbox's data. */
export const EXAMPLE_QUERIES: readonly string[] = [
  `# One customer of yours, in both billing systems. Run it with the button, or Ctrl+Enter.
query Account {
  account(identifier: "acct_1001") {
    name
    customers { provider name }
    invoices(first: 4) {
      nodes { provider status issuedAt total { amount currency } }
      pageInfo { hasNextPage endCursor }
    }
    costTotals(from: "2026-06-01T00:00:00Z", to: "2026-07-01T00:00:00Z") { amount currency unit { name } }
  }
}
`,
  `# Customers of both systems, a page at a time: give endCursor as $after to go on.
query Customers($after: String) {
  customers(first: 10, after: $after) {
    nodes { id provider name identifiers status createdAt }
    pageInfo { hasNextPage endCursor }
    failures { provider code }
  }
}
`,
  `# What is on offer, with every price form.
query Catalogue {
  plans(first: 30) {
    nodes {
      provider kind name currency
      charges(first: 10) {
        nodes { name kind pricing { model unit { name } unitPrice tiers { startsAt endsAt unitPrice } } }
      }
    }
  }
}
`,
  `# An invoice down to its tiers.
query InvoiceLines {
  account(identifier: "acct_1001") {
    invoices(first: 1, filter: { providers: [METRONOME] }) {
      nodes {
        id status periodStart periodEnd
        total { amount currency }
        adjustments { name total { amount } }
        lineItems {
          nodes {
            name total { amount }
            subLineItems { name quantity subtotal { amount } tiers { startsAt quantity unitPrice { amount } } }
          }
        }
      }
    }
  }
}
`,
  `# Daily usage costs next to upcoming subscription invoices.
query Costs {
  account(identifier: "acct_1001") {
    costs(from: "2026-06-01T00:00:00Z", to: "2026-07-15T00:00:00Z", first: 40) {
      nodes { provider basis from to amounts { total { amount unit { name } } lineItems { name groupValue cost { amount } } } }
    }
  }
}
`,
  `# How the upstreams are doing.
query Providers {
  providers { provider status sandbox }
}
`,
];
