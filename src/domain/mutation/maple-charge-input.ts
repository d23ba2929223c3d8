import { builder } from '../../builder.ts';
import { MapleDiscountInputType } from './maple-discount-input.ts';
import { MapleOneTimeItemInputType } from './maple-item-input.ts';

const OneTimeChargeTimingType = builder.enumType('OneTimeChargeTiming', {
  description: 'When a Maple one-time charge is invoiced.',
  values: {
    IMMEDIATE: { description: 'At once, on an invoice of its own.' },
    NEXT: { description: 'On the next invoice of the customer.' },
  },
});

/** GraphQL input of what Maple's creation of one-time charges takes (maple.md section 7). */
export const MapleOneTimeChargeInputType = builder.inputType('MapleOneTimeChargeInput', {
  description: 'One-time charges of one Maple customer. What is left out is not sent.',
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
    discounts: t.field({
      type: [MapleDiscountInputType],
      description: 'Discounts on them. Maple does not say in which order several apply.',
    }),
    notes: t.string({ description: 'Notes on the invoice.' }),
    invoiceDate: t.field({ type: 'DateTime', description: 'Date of the invoice.' }),
    dueAfterDays: t.int({ description: 'Days from invoice date to due date; not negative.' }),
    autoCharge: t.boolean({ description: 'Whether to collect the payment without the customer.' }),
    paymentInstructions: t.string({ description: 'How to pay, on the invoice.' }),
    metadata: t.field({
      type: 'JSONObject',
      description: 'Free-form data kept with the charges. Maple does not show it again.',
    }),
  }),
});

/** Maple charges as GraphQL takes them. */
export type MapleChargeInput = typeof MapleOneTimeChargeInputType.$inferInput;
