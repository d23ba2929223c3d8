import { builder } from '../../builder.ts';
import { PRODUCT_REFERENCE, resolveProductReference } from '../charge/product-reference.ts';
import { ProductType } from '../charge/charge-type.ts';
import { connectionType } from '../connection/connection-type.ts';
import { MoneyType } from '../money/money-type.ts';
import type { InvoiceLineItem, InvoiceSubLineItem, InvoiceTier, TierPeriod } from './invoice-line-item.ts';

const TierPeriodType = builder.objectRef<TierPeriod>('TierPeriod').implement({
  description: 'The window over which tiers are counted.',
  fields: (t) => ({
    startsAt: t.expose('startsAt', { type: 'DateTime', description: 'When counting began, inclusive.' }),
    endsAt: t.expose('endsAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When counting ends, exclusive.',
    }),
  }),
});

const InvoiceTierType = builder.objectRef<InvoiceTier>('InvoiceTier').implement({
  description: 'What was billed in one tier.',
  fields: (t) => ({
    startsAt: t.expose('startsAt', { type: 'Decimal', description: 'Quantity at which the tier begins.' }),
    quantity: t.expose('quantity', { type: 'Decimal', description: 'Units that fell into the tier.' }),
    unitPrice: t.expose('unitPrice', { type: MoneyType, description: 'Price of one unit in the tier.' }),
    subtotal: t.expose('subtotal', { type: MoneyType, description: 'Amount of the tier.' }),
  }),
});

const InvoiceSubLineItemType = builder.objectRef<InvoiceSubLineItem>('InvoiceSubLineItem').implement({
  description: 'One charge, or one credit, inside a line (Metronome plans).',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As it reads on the invoice.' }),
    quantity: t.expose('quantity', { type: 'Decimal', description: 'How many.' }),
    unitPrice: t.expose('unitPrice', {
      type: MoneyType,
      nullable: true,
      description: 'Price of one; null where it is tiered or nothing was used.',
    }),
    subtotal: t.expose('subtotal', { type: MoneyType, description: 'Its amount.' }),
    chargeId: t.exposeString('chargeId', {
      nullable: true,
      description: "The provider's id of the charge; null for credits.",
    }),
    creditGrantId: t.exposeString('creditGrantId', {
      nullable: true,
      description: "The provider's id of the credit grant.",
    }),
    startsAt: t.expose('startsAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Seat charges: from when, inclusive.',
    }),
    endsAt: t.expose('endsAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Seat charges: until when, exclusive.',
    }),
    tierPeriod: t.expose('tierPeriod', {
      type: TierPeriodType,
      nullable: true,
      description: 'The window over which its tiers are counted.',
    }),
    tiers: t.expose('tiers', {
      type: [InvoiceTierType],
      description: 'What was billed in each tier; empty when untiered.',
    }),
    customFields: t.expose('customFields', {
      type: 'JSONObject',
      description: 'Custom fields of the charge.',
    }),
  }),
});

const InvoiceLineItemType = builder.objectRef<InvoiceLineItem>('InvoiceLineItem').implement({
  description: 'One line of an invoice.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As it reads on the invoice.' }),
    type: t.exposeString('lineType', { description: 'What it is, as the provider spells it.' }),
    quantity: t.expose('quantity', { type: 'Decimal', nullable: true, description: 'How many.' }),
    unitPrice: t.expose('unitPrice', { type: MoneyType, nullable: true, description: 'Price of one.' }),
    total: t.expose('total', {
      type: MoneyType,
      description:
        "Its amount, possibly in another unit than the invoice's; negative where a balance is applied.",
    }),
    startsAt: t.expose('startsAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Service from, inclusive.',
    }),
    endsAt: t.expose('endsAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Service until, exclusive.',
    }),
    isProrated: t.exposeBoolean('isProrated', {
      nullable: true,
      description: 'Whether only part of a period is billed.',
    }),
    product: t.field({
      type: ProductType,
      nullable: true,
      description: 'What the line is for; its name is the one on the invoice.',
      extensions: PRODUCT_REFERENCE,
      resolve: ({ product }, _, context, info) => resolveProductReference(product, context, info),
    }),
    groupKey: t.exposeString('groupKey', { nullable: true, description: 'What usage is grouped by.' }),
    groupValue: t.exposeString('groupValue', {
      nullable: true,
      description: 'The group that this line is for.',
    }),
    customFields: t.expose('customFields', { type: 'JSONObject', description: 'Custom fields of the line.' }),
    subLineItems: t.field({
      type: [InvoiceSubLineItemType],
      description: 'The charges and credits that it is made of (Metronome plans).',
      resolve: ({ subLineItems }) => subLineItems(),
    }),
  }),
});

/** GraphQL type of a page of invoice lines. */
export const InvoiceLineItemConnectionType = connectionType<InvoiceLineItem, InvoiceLineItem>({
  name: 'InvoiceLineItem',
  plural: 'invoice lines',
  node: InvoiceLineItemType,
  nodeOf: (line) => line,
  merged: false,
});
