import { builder } from '../../builder.ts';
import type { InvoiceRef } from '../invoice/invoice.ts';
import { InvoiceType } from '../invoice/invoice-type.ts';
import type { RequestContext } from '../request-context.ts';
import { checkIdempotencyKey } from './check-idempotency-key.ts';
import { mutationErrorOf } from './failed-write.ts';
import type { MutationError } from './mutation-error.ts';
import { MUTATION_ERROR_TYPES } from './mutation-error-type.ts';
import { invoiceTarget } from './mutation-target.ts';
import { cost } from '../operation-cost/field-cost.ts';
import { invoiceWriteCost, WRITTEN_INVOICE } from './write-cost.ts';
import { readWrittenInvoice } from './written-invoice.ts';

const RegenerateInvoiceInputType = builder.inputType('RegenerateInvoiceInput', {
  description: 'A voided invoice to make anew, and the key that makes a retry safe.',
  fields: (t) => ({
    idempotencyKey: t.string({
      required: true,
      description: "The caller's own key, 1 to 64 visible ASCII characters.",
    }),
    invoiceId: t.id({ required: true, description: 'Global id of the voided invoice.' }),
  }),
});

interface RegenerateInvoiceSuccess {
  readonly type: 'RegenerateInvoiceSuccess';
  readonly ref: InvoiceRef;
}

const RegenerateInvoiceSuccessType = builder
  .objectRef<RegenerateInvoiceSuccess>('RegenerateInvoiceSuccess')
  .implement({
    description: 'The invoice was made anew.',
    fields: (t) => ({
      invoice: t.field({
        type: InvoiceType,
        description:
          'The new invoice, read after the write. Where that fails, there is an error beside it, and it shows no more ' +
          'than which invoice it is.',
        extensions: WRITTEN_INVOICE,
        resolve: ({ ref }, _, context, info) =>
          readWrittenInvoice({ ref, status: 'UNKNOWN', known: null }, context, info),
      }),
    }),
  });

const RegenerateInvoiceResultType = builder.unionType('RegenerateInvoiceResult', {
  description: 'The new invoice, or why there is none.',
  types: [RegenerateInvoiceSuccessType, ...MUTATION_ERROR_TYPES],
  resolveType: ({ type }) => type,
});

builder.mutationField('regenerateInvoice', (t) =>
  t.field({
    type: RegenerateInvoiceResultType,
    description: 'Makes a voided Metronome invoice anew, with present rates and balances; Maple cannot.',
    extensions: cost(invoiceWriteCost),
    args: {
      input: t.arg({ type: RegenerateInvoiceInputType, required: true, description: 'Which invoice.' }),
    },
    resolve: (_, { input }, context) => regenerateInvoice(input, context),
  }),
);

async function regenerateInvoice(
  { idempotencyKey, invoiceId }: typeof RegenerateInvoiceInputType.$inferInput,
  context: RequestContext,
): Promise<RegenerateInvoiceSuccess | MutationError> {
  const badKey = checkIdempotencyKey(idempotencyKey);
  if (badKey !== null) return badKey;
  const voided = invoiceTarget(invoiceId);
  if ('type' in voided) return voided;
  const { provider } = voided;
  const write = context.sources[provider].writes.regenerateInvoice(voided);
  if (write === null) {
    return {
      type: 'UnsupportedByProviderError',
      code: 'UNSUPPORTED_BY_PROVIDER',
      message: 'The provider cannot regenerate an invoice.',
      provider,
    };
  }
  const outcome = await context.runWrite(write, idempotencyKey);
  if (outcome.kind !== 'succeeded') return mutationErrorOf(outcome, provider, idempotencyKey);
  const [providerId] = outcome.effect;
  if (providerId === undefined) throw new TypeError('a regeneration succeeded without an invoice');
  return { type: 'RegenerateInvoiceSuccess', ref: { ...voided, providerId } };
}
