import { commitMutation, fetchQuery, graphql, type Environment } from 'relay-runtime';
import { waitForFragmentData } from 'relay-runtime/experimental';
import type {
  invoiceList_account$data,
  invoiceList_account$key,
} from './__generated__/invoiceList_account.graphql';
import type { invoiceListMoreQuery } from './__generated__/invoiceListMoreQuery.graphql';
import moreQuery from './__generated__/invoiceListMoreQuery.graphql';
import type { invoiceListQuery } from './__generated__/invoiceListQuery.graphql';
import type { invoiceListVoidMutation } from './__generated__/invoiceListVoidMutation.graphql';

const listQuery = graphql`
  query invoiceListQuery($identifier: String!, $first: Int!, $from: DateTime!, $to: DateTime!) {
    account(identifier: $identifier) {
      costTotals(from: $from, to: $to) @catch {
        amount
        currency
      }
      ...invoiceList_account @arguments(first: $first)
    }
  }
`;

const accountFragment = graphql`
  fragment invoiceList_account on Account
  @refetchable(queryName: "invoiceListMoreQuery")
  @argumentDefinitions(first: { type: "Int", defaultValue: 20 }, after: { type: "String" }) {
    id
    invoices(first: $first, after: $after) @connection(key: "invoiceList_invoices") {
      edges {
        node {
          id
          provider
          status
          total {
            amount
            currency
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      failures {
        provider
        code
      }
    }
  }
`;

const voidMutation = graphql`
  mutation invoiceListVoidMutation($input: VoidInvoiceInput!) {
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
`;

type Account = NonNullable<invoiceListQuery['response']['account']>;

/** Asks for the first page; null where no such account is known. */
export async function openInvoices(
  environment: Environment,
  variables: invoiceListQuery['variables'],
): Promise<Account | null> {
  const data = await fetchQuery<invoiceListQuery>(environment, listQuery, variables).toPromise();
  return data?.account ?? null;
}

/** What has been asked for so far, as one list. */
export function shownInvoices(
  environment: Environment,
  account: invoiceList_account$key,
): Promise<invoiceList_account$data> {
  return waitForFragmentData(environment, accountFragment, account);
}

/** Asks for the next page, by the account's global id; it joins the list. */
export async function moreInvoices(
  environment: Environment,
  account: invoiceList_account$key,
  first: number,
): Promise<void> {
  const { id, invoices } = await shownInvoices(environment, account);
  const variables = { id, first, after: invoices?.pageInfo.endCursor };
  await fetchQuery<invoiceListMoreQuery>(environment, moreQuery, variables).toPromise();
}

/** Voids an invoice, also where it is shown. */
export function voidInvoice(
  environment: Environment,
  input: invoiceListVoidMutation['variables']['input'],
): Promise<invoiceListVoidMutation['response']['voidInvoice']> {
  return new Promise((resolve, reject) => {
    commitMutation<invoiceListVoidMutation>(environment, {
      mutation: voidMutation,
      variables: { input },
      onCompleted: ({ voidInvoice }) => resolve(voidInvoice),
      onError: reject,
    });
  });
}
