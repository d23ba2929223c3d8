import { builder } from '../../builder.ts';
import type { Money } from '../../money/money.ts';
import type { PricingUnit } from '../../money/pricing-unit.ts';
import { AS_PARENT } from '../cache-control.ts';

const PricingUnitKindType = builder.enumType('PricingUnitKind', {
  description: 'What kind of unit an amount counts.',
  values: {
    FIAT: { description: 'A currency.' },
    CUSTOM: { description: "A unit of the provider account's own making: credits, tokens." },
  },
});

/** GraphQL type of what an amount counts. */
export const PricingUnitType = builder.objectRef<PricingUnit>('PricingUnit').implement({
  description: 'What an amount counts. Amounts in different units are never added.',
  extensions: AS_PARENT,
  fields: (t) => ({
    kind: t.expose('kind', { type: PricingUnitKindType, description: 'Currency or custom unit.' }),
    name: t.exposeString('name', {
      description:
        'As the provider calls it. "USD (cents)" is the name of a unit: amounts of it are given in dollars all the same.',
    }),
    currency: t.expose('currency', {
      type: 'CurrencyCode',
      nullable: true,
      description: 'The currency; null for custom units.',
    }),
    providerId: t.exposeString('providerId', {
      nullable: true,
      description: "The provider's id of the unit (a Metronome pricing unit); null where it has none.",
    }),
  }),
});

/** GraphQL type of an exact amount. */
export const MoneyType = builder.objectRef<Money>('Money').implement({
  description: 'An exact amount. Fiat amounts are in major units (12.34 USD), custom pricing units in units.',
  extensions: AS_PARENT,
  fields: (t) => ({
    amount: t.expose('amount', {
      type: 'Decimal',
      description:
        'Major units for fiat, with at least the currency\'s digits ("12.30"); custom units as they are.',
    }),
    unit: t.expose('unit', { type: PricingUnitType, description: 'What the amount counts.' }),
    currency: t.field({
      type: 'CurrencyCode',
      nullable: true,
      description: 'The currency; null for custom units.',
      resolve: ({ unit }) => unit.currency,
    }),
    minorAmount: t.expose('minorAmount', {
      type: 'Decimal',
      nullable: true,
      description: "In the currency's minor unit; null for custom units. May be fractional.",
    }),
  }),
});
