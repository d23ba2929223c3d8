import { builder } from '../../builder.ts';

const MoneyInputType = builder.inputType('MoneyInput', {
  description:
    'An exact amount to write. Major units for fiat, as Money reads; exactly one of `currency` and `pricingUnitId`.',
  fields: (t) => ({
    amount: t.field({
      type: 'Decimal',
      required: true,
      description: 'Major units for fiat, units for a custom unit.',
    }),
    currency: t.field({ type: 'CurrencyCode', description: 'The currency.' }),
    pricingUnitId: t.string({ description: 'Metronome id of a custom pricing unit.' }),
  }),
});

const MetronomeOneTimeChargeInputType = builder.inputType('MetronomeOneTimeChargeInput', {
  description:
    'Adds to the invoice of a customer plan that starts at invoiceStart. Converted to the scale Metronome counts the unit ' +
    "in (2.50 USD is sent as 250); a unit other than the invoice's, where the invoice can be read, is InvalidInputError.",
  fields: (t) => ({
    chargeId: t.string({
      required: true,
      description: "A charge whose product is not on the customer's plan and has fixed charges only.",
    }),
    customerPlanId: t.string({
      required: true,
      description: 'The customer plan whose invoice takes the charge.',
    }),
    invoiceStart: t.field({
      type: 'DateTime',
      required: true,
      description: 'Start of the service period of that invoice.',
    }),
    unitPrice: t.field({ type: MoneyInputType, required: true, description: 'Price of one.' }),
    quantity: t.field({ type: 'Decimal', required: true, description: 'How many.' }),
    description: t.string({ required: true, description: 'What it reads on the invoice.' }),
  }),
});

const OneTimeChargeTimingType = builder.enumType('OneTimeChargeTiming', {
  description: 'When a Maple one-time charge is invoiced.',
  values: {
    IMMEDIATE: { description: 'At once, on an invoice of its own.' },
    NEXT: { description: 'On the next invoice of the customer.' },
  },
});

const MapleCustomPriceInputType = builder.inputType('MapleCustomPriceInput', {
  description:
    "A price of its own. Fiat only; an amount below the currency's minor unit is InvalidInputError.",
  fields: (t) => ({
    productId: t.string({ required: true, description: 'The product that it is for.' }),
    unitPrice: t.field({ type: MoneyInputType, required: true, description: 'Price of one.' }),
    description: t.string({ required: true, description: 'What it reads on the invoice.' }),
  }),
});

const MapleOneTimeItemInputType = builder.inputType('MapleOneTimeItemInput', {
  description: 'One thing to charge: exactly one of `productPricingId` and `customPrice`.',
  fields: (t) => ({
    quantity: t.field({ type: 'Decimal', required: true, description: 'How many.' }),
    productPricingId: t.string({ description: 'A product pricing from the catalogue.' }),
    customPrice: t.field({ type: MapleCustomPriceInputType, description: 'A price of its own.' }),
  }),
});

const MapleOneTimeChargeInputType = builder.inputType('MapleOneTimeChargeInput', {
  description: 'One-time charges of one Maple customer.',
  fields: (t) => ({
    timing: t.field({
      type: OneTimeChargeTimingType,
      required: true,
      description: 'When they are invoiced.',
    }),
    items: t.field({
      type: [MapleOneTimeItemInputType],
      required: true,
      description: 'What to charge; not empty.',
    }),
    notes: t.string({ description: 'Notes on the invoice.' }),
    invoiceDate: t.field({ type: 'DateTime', description: 'Date of the invoice.' }),
    dueAfterDays: t.int({ description: 'Days from invoice date to due date; not negative.' }),
    autoCharge: t.boolean({ description: 'Whether to collect the payment without the customer.' }),
    metadata: t.field({ type: 'JSONObject', description: 'Free-form data kept with the charges.' }),
  }),
});

const OneTimeChargeInputType = builder.inputType('OneTimeChargeInput', {
  description: "A charge in the terms of the customer's provider.",
  isOneOf: true,
  fields: (t) => ({
    metronome: t.field({ type: MetronomeOneTimeChargeInputType, description: 'For a Metronome customer.' }),
    maple: t.field({ type: MapleOneTimeChargeInputType, description: 'For a Maple customer.' }),
  }),
});

/** GraphQL input of `addOneTimeCharge`. */
export const AddOneTimeChargeInputType = builder.inputType('AddOneTimeChargeInput', {
  description: 'A charge to add, and the key that keeps it from being added twice.',
  fields: (t) => ({
    idempotencyKey: t.string({
      required: true,
      description: "The caller's own key: the same key with the same input never charges twice.",
    }),
    customerId: t.id({ required: true, description: 'Global id of the customer to charge.' }),
    charge: t.field({ type: OneTimeChargeInputType, required: true, description: 'What to charge.' }),
  }),
});
