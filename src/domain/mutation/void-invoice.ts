import { builder } from '../../builder.ts';
import type { Invoice } from '../invoice/invoice.ts';
import { InvoiceType } from '../invoice/invoice-type.ts';
import { MUTATION_ERROR_TYPES } from './mutation-error-type.ts';
import { refuseWrite } from './mutation-target.ts';

const VoidInvoiceInputType = builder.inputType('VoidInvoiceInput', {
  description: 'An invoice to void, and the key that makes a retry safe.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: "The caller's own key." }),
    invoiceId: t.id({ required: true, description: 'Global id of the invoice.' }),
  }),
});

interface VoidInvoiceSuccess {
  readonly type: 'VoidInvoiceSuccess';
  readonly invoice: Invoice;
}

const VoidInvoiceSuccessType = builder.objectRef<VoidInvoiceSuccess>('VoidInvoiceSuccess').implement({
  description: 'The invoice is void.',
  fields: (t) => ({
    invoice: t.expose('invoice', { type: InvoiceType, description: 'The invoice, read after the write.' }),
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
    description: 'Voids an invoice for good. This version refuses every write before anything is sent.',
    args: { input: t.arg({ type: VoidInvoiceInputType, required: true, description: 'Which invoice.' }) },
    resolve: (_, { input }) => refuseWrite('Invoice', input.invoiceId, 'invoiceId'),
  }),
);
