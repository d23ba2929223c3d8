import { builder } from '../../builder.ts';
import { MoneyInputType } from './money-input.ts';

const MapleCustomPriceInputType = builder.inputType('MapleCustomPriceInput', {
  description:
    "A price of its own. Fiat only; an amount below the currency's minor unit is InvalidInputError.",
  fields: (t) => ({
    productId: t.string({ required: true, description: 'The product that it is for.' }),
    unitPrice: t.field({
      type: MoneyInputType,
      required: true,
      description: 'Price of one; not negative, in whole minor units by ISO 4217.',
    }),
    description: t.string({ required: true, description: 'What it reads on the invoice; not blank.' }),
  }),
});

const MapleQuantityConfigInputType = builder.inputType('MapleQuantityConfigInput', {
  description:
    'Bounds on a quantity that is chosen later. Maple documents the members without saying what each does; what is left ' +
    'out is not sent.',
  fields: (t) => ({
    allowCustomQuantity: t.boolean({ description: 'Whether another quantity may be chosen.' }),
    minQuantity: t.field({ type: 'Decimal', description: 'The smallest; not negative, at most 15 digits.' }),
    maxQuantity: t.field({
      type: 'Decimal',
      description: 'The largest; not less than `minQuantity`, at most 15 digits.',
    }),
  }),
});

/** GraphQL input of one item of Maple's one-time charges. */
export const MapleOneTimeItemInputType = builder.inputType('MapleOneTimeItemInput', {
  description: 'One thing to charge: exactly one of `productPricingId` and `customPrice`.',
  fields: (t) => ({
    quantity: t.field({
      type: 'Decimal',
      required: true,
      description: 'How many; more than zero, at most 15 digits.',
    }),
    productPricingId: t.string({ description: 'A product pricing from the catalogue.' }),
    customPrice: t.field({
      type: MapleCustomPriceInputType,
      description: 'A price of its own. Whether Maple takes several currencies at once is not documented.',
    }),
    quantityConfig: t.field({
      type: MapleQuantityConfigInputType,
      description: 'Bounds on a quantity that is chosen later.',
    }),
    sortOrder: t.int({
      description:
        'Place among the items; that it is a whole number is inferred, its direction not documented.',
    }),
  }),
});

/** An item as GraphQL takes it. */
export type MapleItemInput = typeof MapleOneTimeItemInputType.$inferInput;
