export const possibleTypes: Record<string, string[]> = {
  "AddOneTimeChargeResult": [
    "AddOneTimeChargeSuccess",
    "IdempotencyConflictError",
    "InvalidInputError",
    "NotFoundError",
    "OutcomeUnknownError",
    "UnsupportedByProviderError",
    "UpstreamRejectedError",
    "UpstreamUnavailableError"
  ],
  "Charge": [
    "OneTimeCharge",
    "PlanCharge"
  ],
  "Error": [
    "IdempotencyConflictError",
    "InvalidInputError",
    "NotFoundError",
    "OutcomeUnknownError",
    "UnsupportedByProviderError",
    "UpstreamRejectedError",
    "UpstreamUnavailableError"
  ],
  "Node": [
    "Account",
    "Customer",
    "Invoice",
    "OneTimeCharge",
    "Plan",
    "PlanCharge"
  ],
  "RegenerateInvoiceResult": [
    "IdempotencyConflictError",
    "InvalidInputError",
    "NotFoundError",
    "OutcomeUnknownError",
    "RegenerateInvoiceSuccess",
    "UnsupportedByProviderError",
    "UpstreamRejectedError",
    "UpstreamUnavailableError"
  ],
  "VoidInvoiceResult": [
    "IdempotencyConflictError",
    "InvalidInputError",
    "NotFoundError",
    "OutcomeUnknownError",
    "UnsupportedByProviderError",
    "UpstreamRejectedError",
    "UpstreamUnavailableError",
    "VoidInvoiceSuccess"
  ]
};
