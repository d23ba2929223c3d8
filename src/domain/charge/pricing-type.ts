import { builder } from '../../builder.ts';
import { AS_PARENT } from '../cache-control.ts';
import { PricingUnitType } from '../money/money-type.ts';
import type { PriceTier, Pricing } from './pricing.ts';

const PricingModelType = builder.enumType('PricingModel', {
  description: 'How a price follows from a quantity.',
  values: {
    FLAT: { description: 'Every unit costs the same.' },
    GRADUATED: { description: 'Each tier prices the units that fall into it.' },
    VOLUME: { description: 'The tier that the whole quantity reaches prices all units.' },
    STEP: { description: 'Whole steps of units are priced.' },
    SCHEDULED: { description: 'The price differs from period to period.' },
    CUSTOM: { description: 'The price is chosen within bounds.' },
    UNKNOWN: { description: 'The provider names another model; see `providerModel`.' },
  },
});

const COLLECTION_NOTE = 'Metronome only, which documents neither values nor unit; kept as it says.';

const PriceTierType = builder.objectRef<PriceTier>('PriceTier').implement({
  description: 'What the units of one tier cost. Prices are in the unit of the pricing.',
  extensions: AS_PARENT,
  fields: (t) => ({
    startsAt: t.expose('startsAt', {
      type: 'Decimal',
      description: 'Quantity from which it holds, inclusive.',
    }),
    endsAt: t.expose('endsAt', {
      type: 'Decimal',
      nullable: true,
      description: 'Quantity up to which it holds; null for the last tier.',
    }),
    unitPrice: t.expose('unitPrice', { type: 'Decimal', nullable: true, description: 'Price of one unit.' }),
    flatPrice: t.expose('flatPrice', {
      type: 'Decimal',
      nullable: true,
      description: 'Price of reaching the tier (Maple).',
    }),
    quantity: t.field({
      type: 'Decimal',
      nullable: true,
      description: `Quantity of this price. ${COLLECTION_NOTE}`,
      resolve: ({ collection }) => collection.quantity,
    }),
    collectionSchedule: t.string({
      nullable: true,
      description: `When it is collected. ${COLLECTION_NOTE}`,
      resolve: ({ collection }) => collection.schedule,
    }),
    collectionInterval: t.field({
      type: 'Decimal',
      nullable: true,
      description: `How often it is collected. ${COLLECTION_NOTE}`,
      resolve: ({ collection }) => collection.interval,
    }),
  }),
});

/** GraphQL type of how a charge is priced. */
export const PricingType = builder.objectRef<Pricing>('Pricing').implement({
  description:
    'How a charge is priced. Prices are in `unit`, fiat in major units as in Money; a null unit means that the ' +
    "upstream does not state it, and the numbers are then the upstream's, digit for digit.",
  extensions: AS_PARENT,
  fields: (t) => ({
    model: t.expose('model', { type: PricingModelType, description: 'How a price follows from a quantity.' }),
    providerModel: t.exposeString('providerModel', {
      nullable: true,
      description: 'The model as the provider spells it; null where it follows from the prices (Metronome).',
    }),
    unit: t.expose('unit', {
      type: PricingUnitType,
      nullable: true,
      description:
        'What the prices are counted in. Null for Maple unless the gateway is told (MAPLE_PRICE_UNIT).',
    }),
    unitPrice: t.expose('unitPrice', {
      type: 'Decimal',
      nullable: true,
      description: 'FLAT: price of one unit. CUSTOM: the chosen price.',
    }),
    flatPrice: t.expose('flatPrice', {
      type: 'Decimal',
      nullable: true,
      description: 'STEP: price of one whole step.',
    }),
    stepSize: t.expose('stepSize', {
      type: 'Decimal',
      nullable: true,
      description: 'STEP: units in one step.',
    }),
    tiers: t.expose('tiers', {
      type: [PriceTierType],
      description: 'GRADUATED and VOLUME; empty for the others.',
    }),
    unitPriceByPeriod: t.expose('unitPriceByPeriod', {
      type: ['Decimal'],
      description: 'SCHEDULED: price of one unit in each period in turn; empty for the others.',
    }),
    minUnitPrice: t.expose('minUnitPrice', {
      type: 'Decimal',
      nullable: true,
      description: 'CUSTOM: lowest price to choose.',
    }),
    maxUnitPrice: t.expose('maxUnitPrice', {
      type: 'Decimal',
      nullable: true,
      description: 'CUSTOM: highest price to choose.',
    }),
    frequency: t.exposeString('frequency', {
      nullable: true,
      description: 'How often it is billed, as Maple spells it; Metronome does not say.',
    }),
    quantity: t.field({
      type: 'Decimal',
      nullable: true,
      description: `Quantity of an untiered price. ${COLLECTION_NOTE}`,
      resolve: ({ collection }) => collection.quantity,
    }),
    collectionSchedule: t.string({
      nullable: true,
      description: `When an untiered price is collected. ${COLLECTION_NOTE}`,
      resolve: ({ collection }) => collection.schedule,
    }),
    collectionInterval: t.field({
      type: 'Decimal',
      nullable: true,
      description: `How often an untiered price is collected. ${COLLECTION_NOTE}`,
      resolve: ({ collection }) => collection.interval,
    }),
  }),
});
