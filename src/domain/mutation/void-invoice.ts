import { builder } from '../../builder.ts';
import type { Invoice, InvoiceRef } from '../invoice/invoice.ts';
import { InvoiceType } from '../invoice/invoice-type.ts';
import type { RequestContext } from '../request-context.ts';
import type { VoidedInvoice } from './billing-writes.ts';
import { checkIdempotencyKey } from './check-idempotency-key.ts';
import { mutationErrorOf } from './failed-write.ts';
import type { MutationError } from './mutation-error.ts';
import { MUTATION_ERROR_TYPES } from './mutation-error-type.ts';
import { invoiceTarget } from './mutation-target.ts';
import { cost } from '../operation-cost/field-cost.ts';
import { invoiceWriteCost, WRITTEN_INVOICE } from './write-cost.ts';
import { readWrittenInvoice } from './written-invoice.ts';

const VoidInvoiceInputType = builder.inputType('VoidInvoiceInput', {
  description: 'An invoice to void, and the key that makes a retry safe.',
  fields: (t) => ({
    idempotencyKey: t.string({
      required: true,
      description: "The caller's own key, 1 to 64 visible ASCII characters.",
    }),
    invoiceId: t.id({ required: true, description: 'Global id of the invoice.' }),
  }),
});

interface VoidInvoiceSuccess {
  readonly type: 'VoidInvoiceSuccess';
  readonly ref: InvoiceRef;
  readonly voided: VoidedInvoice | null;
}

const VoidInvoiceSuccessType = builder.objectRef<VoidInvoiceSuccess>('VoidInvoiceSuccess').implement({
  description: 'The invoice is void.',
  fields: (t) => ({
    invoice: t.field({
      type: InvoiceType,
      description:
        'The invoice, read after the write. Where that fails, there is an error beside it, and it shows what was known ' +
        'before.',
      extensions: WRITTEN_INVOICE,
      resolve: ({ ref, voided }, _, context, info): Invoice | Promise<Invoice> => {
        if (voided?.isFresh === true) return voided.invoice;
        const known = voided?.invoice ?? null;
        return readWrittenInvoice({ ref, status: 'VOID', known }, context, info);
      },
    }),
  }),
});

const VoidInvoiceResultType = builder.unionType('VoidInvoiceResult', {
  description: 'The void invoice, or why it is not void.',
  types: [VoidInvoiceSuccessType, ...MUTATION_ERROR_TYPES],
  resolveType: ({ type }) => type,
});

builder.mutationField('voidInvoice', (t) =>
  t.field({
    type: VoidInvoiceResultType,
    description: 'Voids an invoice for good.',
    extensions: cost(invoiceWriteCost),
    args: { input: t.arg({ type: VoidInvoiceInputType, required: true, description: 'Which invoice.' }) },
    resolve: (_, { input }, context) => voidInvoice(input, context),
  }),
);

async function voidInvoice(
  { idempotencyKey, invoiceId }: typeof VoidInvoiceInputType.$inferInput,
  context: RequestContext,
): Promise<VoidInvoiceSuccess | MutationError> {
  const badKey = checkIdempotencyKey(idempotencyKey);
  if (badKey !== null) return badKey;
  const ref = invoiceTarget(invoiceId);
  if ('type' in ref) return ref;
  const write = context.sources[ref.provider].writes.voidInvoice(ref);
  const outcome = await context.runWrite(write, idempotencyKey);
  if (outcome.kind !== 'succeeded') return mutationErrorOf(outcome, ref.provider, idempotencyKey);
  return { type: 'VoidInvoiceSuccess', ref, voided: outcome.result };
}
