import { parse } from 'graphql';
import type { TypedDocumentNode } from '@apollo/client/core';

interface Result {
  readonly voidInvoice: { readonly __typename: string };
}

interface Variables {
  readonly input: { readonly idempotencyKey: string; readonly invoiceId: string };
}

/** A mutation that is in no manifest. Its answer holds what the list of invoices shows of an invoice and has changed. */
export const voidInvoice: TypedDocumentNode<Result, Variables> = parse(`
  mutation VoidInvoice($input: VoidInvoiceInput!) {
    voidInvoice(input: $input) {
      __typename
      ... on VoidInvoiceSuccess {
        invoice {
          id
          status
        }
      }
      ... on Error {
        code
        message
      }
    }
  }
`);
