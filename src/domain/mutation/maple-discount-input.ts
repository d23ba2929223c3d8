import { builder } from '../../builder.ts';
import { MoneyInputType } from './money-input.ts';

/** GraphQL input of a discount on Maple's one-time charges (maple.md section 7). */
export const MapleDiscountInputType = builder.inputType('MapleDiscountInput', {
  description:
    'A discount on Maple one-time charges, with every member that Maple documents for one. It documents no rule of how ' +
    'they go together: they are sent as they are given, and what is left out is not sent.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'What it reads on the invoice; not blank.' }),
    type: t.string({
      required: true,
      description:
        'As Maple spells it: `DISCOUNT_AMOUNT` is documented. A kind by percentage exists, its spelling is not documented.',
    }),
    amount: t.field({
      type: MoneyInputType,
      description: 'What it takes off; fiat only, not negative, in whole minor units.',
    }),
    cap: t.field({
      type: MoneyInputType,
      description: 'The most that it takes off (inferred from the name); as `amount`.',
    }),
    percent: t.field({
      type: 'Decimal',
      description:
        "Not negative, at most 15 digits. Maple's only sample is 0.5, so 0.5 is inferred to be a half, and not half a percent.",
    }),
    state: t.string({ description: 'As Maple spells it: `ACTIVE` is the only documented word.' }),
    couponId: t.string({ description: 'The coupon that it comes from.' }),
    customerId: t.string({ description: "Maple's own id of a customer, not a global id." }),
    expiresAt: t.field({ type: 'DateTime', description: 'When it ends.' }),
    itemPricingId: t.string({ description: 'The item pricing that it is for.' }),
    oneTimeChargeId: t.string({ description: "Maple's own id of the one-time charge that it is for." }),
    productId: t.string({ description: 'The product that it is for.' }),
    productPricingId: t.string({ description: 'The product pricing that it is for.' }),
    proposalId: t.string({ description: 'The proposal that it comes from.' }),
    subscriptionId: t.string({ description: 'The subscription that it is for.' }),
    importRef: t.string({ description: 'What the discount is called where it was imported from.' }),
    importedFrom: t.string({ description: 'Where the discount was imported from.' }),
    importCreatedAt: t.field({ type: 'DateTime', description: 'When it was made there.' }),
  }),
});

/** A discount as GraphQL takes it. */
export type MapleDiscountInput = typeof MapleDiscountInputType.$inferInput;
