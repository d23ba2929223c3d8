import { builder } from '../../builder.ts';
import { MoneyInputType } from './money-input.ts';

/** GraphQL input of what Metronome's addCharge takes (metronome.md section 7). */
export const MetronomeOneTimeChargeInputType = builder.inputType('MetronomeOneTimeChargeInput', {
  description:
    'Adds to the invoice of a customer plan that starts at invoiceStart. Converted to the scale Metronome counts the unit ' +
    "in (2.50 USD is sent as 250); a unit other than the invoice's, where the invoice can be read, is InvalidInputError.",
  fields: (t) => ({
    chargeId: t.string({
      required: true,
      description: "A charge whose product is not on the customer's plan and has fixed charges only; a UUID.",
    }),
    customerPlanId: t.string({
      required: true,
      description: 'The customer plan whose invoice takes the charge; a UUID.',
    }),
    invoiceStart: t.field({
      type: 'DateTime',
      required: true,
      description: 'Start of the service period of that invoice: midnight UTC, as all of them are.',
    }),
    unitPrice: t.field({
      type: MoneyInputType,
      required: true,
      description: 'Price of one; not negative. May be a fraction of a cent.',
    }),
    quantity: t.field({
      type: 'Decimal',
      required: true,
      description: 'How many; more than zero, at most 15 digits.',
    }),
    description: t.string({ required: true, description: 'What it reads on the invoice; not blank.' }),
  }),
});

/** A Metronome charge as GraphQL takes it. */
export type MetronomeChargeInput = typeof MetronomeOneTimeChargeInputType.$inferInput;
