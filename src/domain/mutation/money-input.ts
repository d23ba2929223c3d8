import { builder } from '../../builder.ts';

/** GraphQL input of an amount. */
export const MoneyInputType = builder.inputType('MoneyInput', {
  description:
    'An exact amount to write. Major units for fiat, as Money reads; exactly one of `currency` and `pricingUnitId`. What ' +
    'is sent of it, in the scale that the provider counts in, has at most 15 digits, which every JSON parser keeps.',
  fields: (t) => ({
    amount: t.field({
      type: 'Decimal',
      required: true,
      description: 'Major units for fiat, units for a custom unit.',
    }),
    currency: t.field({ type: 'CurrencyCode', description: 'The currency.' }),
    pricingUnitId: t.string({
      description: 'Metronome id of a custom pricing unit; US dollars are given by `currency`.',
    }),
  }),
});

/** An amount as GraphQL takes it. */
export type MoneyInput = typeof MoneyInputType.$inferInput;
