import { builder } from '../../builder.ts';
import type { Invoice } from '../invoice/invoice.ts';
import { InvoiceType } from '../invoice/invoice-type.ts';
import type { MutationError } from './mutation-error.ts';
import { MUTATION_ERROR_TYPES } from './mutation-error-type.ts';
import { refuseWrite } from './mutation-target.ts';

const RegenerateInvoiceInputType = builder.inputType('RegenerateInvoiceInput', {
  description: 'A voided invoice to make anew, and the key that makes a retry safe.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: "The caller's own key." }),
    invoiceId: t.id({ required: true, description: 'Global id of the voided invoice.' }),
  }),
});

interface RegenerateInvoiceSuccess {
  readonly type: 'RegenerateInvoiceSuccess';
  readonly invoice: Invoice;
}

const RegenerateInvoiceSuccessType = builder
  .objectRef<RegenerateInvoiceSuccess>('RegenerateInvoiceSuccess')
  .implement({
    description: 'The invoice was made anew.',
    fields: (t) => ({
      invoice: t.expose('invoice', {
        type: InvoiceType,
        description: 'The new invoice, read after the write.',
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
    description:
      'Makes a voided Metronome invoice anew, with present rates and balances; Maple cannot. This version refuses every ' +
      'write before anything is sent.',
    args: {
      input: t.arg({ type: RegenerateInvoiceInputType, required: true, description: 'Which invoice.' }),
    },
    resolve: (_, { input }): MutationError => {
      const refusal = refuseWrite('Invoice', input.invoiceId, 'invoiceId');
      if (refusal.type !== 'UpstreamUnavailableError' || refusal.provider === 'METRONOME') return refusal;
      return {
        type: 'UnsupportedByProviderError',
        code: 'UNSUPPORTED_BY_PROVIDER',
        message: 'Maple cannot regenerate an invoice.',
        provider: refusal.provider,
      };
    },
  }),
);
