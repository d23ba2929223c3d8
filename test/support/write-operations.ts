const ERRORS = `
  ... on Error { message code }
  ... on InvalidInputError { field }
  ... on UpstreamRejectedError { provider providerStatus }
  ... on UpstreamUnavailableError { provider }
  ... on OutcomeUnknownError { provider idempotencyKey }
`;

/** Adds a charge and reads all that a success gives; the payload is called `result`, as in the other two. */
export const ADD_ONE_TIME_CHARGE = `mutation ($input: AddOneTimeChargeInput!) {
  result: addOneTimeCharge(input: $input) {
    __typename
    ... on AddOneTimeChargeSuccess {
      charges { id providerId name quantity unitPrice { amount currency } }
      customer { providerId name }
    }
    ${ERRORS}
  }
}`;

/** Voids an invoice. */
export const VOID_INVOICE = `mutation ($input: VoidInvoiceInput!) {
  result: voidInvoice(input: $input) {
    __typename
    ... on VoidInvoiceSuccess { invoice { id providerId status total { amount } } }
    ${ERRORS}
  }
}`;

/** Makes a voided invoice anew. */
export const REGENERATE_INVOICE = `mutation ($input: RegenerateInvoiceInput!) {
  result: regenerateInvoice(input: $input) {
    __typename
    ... on RegenerateInvoiceSuccess { invoice { id providerId status regeneratedFromId total { amount } } }
    ${ERRORS}
  }
}`;
