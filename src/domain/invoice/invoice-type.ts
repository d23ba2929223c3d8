import { builder } from '../../builder.ts';
import { encodeNodeId } from '../../node-id.ts';
import { connectionType } from '../connection/connection-type.ts';
import { CUSTOMER_REFERENCE, resolveCustomerReference } from '../customer/customer-reference.ts';
import { CustomerType } from '../customer/customer-type.ts';
import { MoneyType } from '../money/money-type.ts';
import { NodeType } from '../node/node-type.ts';
import { PlanType } from '../plan/plan-type.ts';
import { ProviderType } from '../provider/provider-type.ts';
import type { ExternalInvoice, Invoice, InvoiceAdjustment, InvoiceCorrection } from './invoice.ts';
import { INVOICE_PLAN, resolveInvoicePlan } from './invoice-plan.ts';

/** GraphQL enum of an invoice's status. */
export const InvoiceStatusType = builder.enumType('InvoiceStatus', {
  description:
    'Where an invoice is in its life. Nothing is called overdue by the clock: only where the provider says so.',
  values: {
    DRAFT: { description: 'Not final; amounts may still change.' },
    OPEN: {
      description: 'Final and to be paid: Maple PENDING, Metronome FINALIZED unless known to be paid.',
    },
    PROCESSING: { description: 'A payment is under way (Maple).' },
    PARTIALLY_PAID: { description: 'Paid in part (Maple).' },
    PAID: { description: 'Paid. For Metronome: its counterpart at the billing provider says so.' },
    OVERDUE: { description: 'Past its due date (Maple).' },
    VOID: { description: 'Void for good.' },
    UNKNOWN: { description: 'The provider says something else; see `providerStatus`.' },
  },
});

const ExternalInvoiceType = builder.objectRef<ExternalInvoice>('ExternalInvoice').implement({
  description: "The invoice's counterpart at the billing provider that collects it (Metronome).",
  fields: (t) => ({
    provider: t.exposeString('provider', {
      description: 'Which billing provider, as Metronome spells it: stripe, netsuite, ...',
    }),
    invoiceId: t.exposeString('invoiceId', { nullable: true, description: 'Its id there.' }),
    status: t.exposeString('status', {
      nullable: true,
      description: 'Its status there, as Metronome spells it.',
    }),
    issuedAt: t.expose('issuedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was issued there.',
    }),
  }),
});

const InvoiceAdjustmentType = builder.objectRef<InvoiceAdjustment>('InvoiceAdjustment').implement({
  description: 'A correction of the whole invoice: a minimum, a credit grant (Metronome plans).',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As it reads on the invoice.' }),
    total: t.expose('total', {
      type: MoneyType,
      description: 'Its amount; negative where it is in favour of the customer.',
    }),
    creditGrantId: t.exposeString('creditGrantId', {
      nullable: true,
      description: "The provider's id of the credit grant.",
    }),
    creditGrantCustomFields: t.expose('creditGrantCustomFields', {
      type: 'JSONObject',
      description: 'Custom fields of the credit grant.',
    }),
  }),
});

const InvoiceCorrectionType = builder.objectRef<InvoiceCorrection>('InvoiceCorrection').implement({
  description: 'Why an invoice corrects another (Metronome).',
  fields: (t) => ({
    correctedInvoiceId: t.exposeString('correctedInvoiceId', {
      description: "The provider's id of the corrected invoice.",
    }),
    reason: t.exposeString('reason', { description: 'The reason given.' }),
    memo: t.exposeString('memo', { description: 'The memo given.' }),
  }),
});

/** GraphQL type of an invoice. */
export const InvoiceType = builder.objectRef<Invoice>('Invoice').implement({
  description: 'An invoice as one provider holds it.',
  interfaces: [NodeType],
  fields: (t) => ({
    id: t.id({
      description: 'Global id.',
      resolve: ({ provider, customerId, providerId }) =>
        encodeNodeId('Invoice', provider, customerId, providerId),
    }),
    provider: t.expose('provider', { type: ProviderType, description: 'Who made it.' }),
    providerId: t.exposeString('providerId', { description: "The provider's own id; Maple's uuid." }),
    number: t.exposeString('number', {
      nullable: true,
      description: 'The number on it. Null for Metronome, which has none.',
    }),
    status: t.expose('status', { type: InvoiceStatusType, description: 'Where it is in its life.' }),
    providerStatus: t.exposeString('providerStatus', {
      description: 'The status as the provider spells it.',
    }),
    type: t.exposeString('invoiceType', {
      nullable: true,
      description:
        'What it is for, as the provider spells it: USAGE, SCHEDULED, ... Null for Maple, which does not say.',
    }),
    customer: t.field({
      type: CustomerType,
      nullable: true,
      description: 'Whose invoice it is; null when the provider no longer knows the customer.',
      extensions: CUSTOMER_REFERENCE,
      resolve: ({ customer }, _, context, info) => resolveCustomerReference(customer, context, info),
    }),
    plan: t.field({
      type: PlanType,
      nullable: true,
      description:
        'The plan that it bills; for Maple the bundle of its subscription. Null where it bills none.',
      extensions: INVOICE_PLAN,
      resolve: (invoice, _, context, info) => resolveInvoicePlan(invoice, context, info),
    }),
    subtotal: t.expose('subtotal', {
      type: MoneyType,
      nullable: true,
      description: 'Before adjustments, discounts and taxes.',
    }),
    total: t.expose('total', { type: MoneyType, description: 'The amount of the invoice.' }),
    amountPaid: t.expose('amountPaid', {
      type: MoneyType,
      nullable: true,
      description: 'Paid so far. Null for Metronome, which does not say it.',
    }),
    amountDue: t.expose('amountDue', {
      type: MoneyType,
      nullable: true,
      description: 'Still to pay. Null for Metronome, which does not say it.',
    }),
    periodStart: t.expose('periodStart', {
      type: 'DateTime',
      nullable: true,
      description: 'Service from, inclusive. Null for Maple, which does not say it.',
    }),
    periodEnd: t.expose('periodEnd', {
      type: 'DateTime',
      nullable: true,
      description: 'Service until, exclusive. Null for Maple, which does not say it.',
    }),
    issuedAt: t.expose('issuedAt', {
      type: 'DateTime',
      nullable: true,
      description: "Issue date; Maple's invoice date.",
    }),
    dueAt: t.expose('dueAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it is to be paid; for Metronome the issue date plus the net payment terms.',
    }),
    paidAt: t.expose('paidAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was paid. Null for Metronome, which does not say it.',
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was made; Metronome says it on corrections only.',
    }),
    hostedUrl: t.expose('hostedUrl', {
      type: 'URL',
      nullable: true,
      description: 'Where to see and pay it (Maple).',
    }),
    pdfUrl: t.expose('pdfUrl', {
      type: 'URL',
      nullable: true,
      description: 'Where its PDF is, if the provider says.',
    }),
    netPaymentTermsDays: t.exposeInt('netPaymentTermsDays', {
      nullable: true,
      description: 'Days from issue to due date (Metronome).',
    }),
    externalInvoice: t.expose('externalInvoice', {
      type: ExternalInvoiceType,
      nullable: true,
      description: 'Its counterpart at the billing provider that collects it (Metronome).',
    }),
    correction: t.expose('correction', {
      type: InvoiceCorrectionType,
      nullable: true,
      description: 'Set where it corrects another invoice (Metronome).',
    }),
    regeneratedFromId: t.exposeString('regeneratedFromId', {
      nullable: true,
      description: "The provider's id of the voided invoice that it replaces (Metronome).",
    }),
    adjustments: t.expose('adjustments', {
      type: [InvoiceAdjustmentType],
      description: 'Corrections of the whole invoice (Metronome plans).',
    }),
    customFields: t.expose('customFields', {
      type: 'JSONObject',
      description: 'Custom fields of the invoice (Metronome). Empty for Maple, which shows none on invoices.',
    }),
    customerCustomFields: t.expose('customerCustomFields', {
      type: 'JSONObject',
      description: 'Custom fields of the customer, as the invoice keeps them (Metronome).',
    }),
    planCustomFields: t.expose('planCustomFields', {
      type: 'JSONObject',
      description: 'Custom fields of the plan, as the invoice keeps them (Metronome).',
    }),
  }),
});

/** GraphQL type of a page of invoices. */
export const InvoiceConnectionType = connectionType<Invoice, Invoice>({
  name: 'Invoice',
  plural: 'invoices',
  node: InvoiceType,
  nodeOf: (invoice) => invoice,
  merged: true,
});
