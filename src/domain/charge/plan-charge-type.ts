import { builder } from '../../builder.ts';
import { encodeNodeId } from '../../node-id.ts';
import { AS_PARENT, CATALOGUE } from '../cache-control.ts';
import { connectionArguments, connectionType } from '../connection/connection-type.ts';
import { planPage, readConnection } from '../connection/connection.ts';
import { MoneyType } from '../money/money-type.ts';
import { NodeType } from '../node/node-type.ts';
import { cost } from '../operation-cost/field-cost.ts';
import { planChargesCost } from '../plan/plan-cost.ts';
import { PlanType } from '../plan/plan-type.ts';
import type { PlanCharge, UnitConversion } from './charge.ts';
import { ChargeType } from './charge-type.ts';
import { PricingType } from './pricing-type.ts';

const ChargeKindType = builder.enumType('ChargeKind', {
  description: 'What makes a charge grow.',
  values: {
    USAGE: { description: 'Metered usage.' },
    FIXED: { description: 'A fixed fee.' },
    COMPOSITE: { description: 'Other charges taken together.' },
    MINIMUM: { description: 'The difference to a minimum.' },
    SEAT: { description: 'Seats, or other counted objects.' },
    SUBSCRIPTION: { description: 'A recurring fee.' },
    OTHER: { description: 'Anything else; see `providerKind`.' },
  },
});

const RoundingType = builder.enumType('Rounding', {
  description: 'How a converted quantity becomes whole.',
  values: { FLOOR: { description: 'Down.' }, CEILING: { description: 'Up.' } },
});

const UnitConversionType = builder.objectRef<UnitConversion>('UnitConversion').implement({
  description: 'How metered units become billed units.',
  extensions: AS_PARENT,
  fields: (t) => ({
    divisionFactor: t.expose('divisionFactor', {
      type: 'Decimal',
      description: 'Metered units in one billed unit.',
    }),
    rounding: t.expose('rounding', {
      type: RoundingType,
      nullable: true,
      description:
        'Null where the quantity keeps its decimals, or where `providerRounding` is something else.',
    }),
    providerRounding: t.exposeString('providerRounding', {
      nullable: true,
      description: 'The rounding as the provider spells it.',
    }),
  }),
});

const PlanChargeType = builder.objectRef<PlanCharge>('PlanCharge').implement({
  description: "A component of a plan's price.",
  extensions: CATALOGUE,
  interfaces: [NodeType, ChargeType],
  fields: (t) => ({
    id: t.id({
      description: 'Global id.',
      resolve: ({ provider, plan, providerId }) =>
        encodeNodeId('PlanCharge', provider, plan.kind, plan.providerId, providerId),
    }),
    kind: t.expose('kind', { type: ChargeKindType, description: 'What makes it grow.' }),
    providerKind: t.exposeString('providerKind', {
      nullable: true,
      description: 'The kind as the provider spells it; null where it has none.',
    }),
    pricing: t.expose('pricing', { type: PricingType, description: 'How it is priced.' }),
    quantity: t.expose('quantity', {
      type: 'Decimal',
      nullable: true,
      description: 'How many are billed (Metronome).',
    }),
    startPeriod: t.exposeInt('startPeriod', {
      nullable: true,
      description: 'Billing periods that pass before it applies: a price ramp (Metronome).',
    }),
    tierResetFrequency: t.exposeInt('tierResetFrequency', {
      nullable: true,
      description:
        'Billing periods between two resets of the tier count (Metronome, which takes 1 when it is not set).',
    }),
    unitConversion: t.expose('unitConversion', {
      type: UnitConversionType,
      nullable: true,
      description: 'How metered units become billed units (Metronome).',
    }),
    minimumSpend: t.expose('minimumSpend', {
      type: MoneyType,
      nullable: true,
      description: 'The least that it bills per period (Maple).',
    }),
    basePrice: t.expose('basePrice', {
      type: MoneyType,
      nullable: true,
      description: 'What is billed before any unit (Maple).',
    }),
  }),
});

const PlanChargeConnectionType = connectionType<PlanCharge, PlanCharge>({
  name: 'PlanCharge',
  plural: 'plan charges',
  node: PlanChargeType,
  nodeOf: (charge) => charge,
  merged: false,
});

builder.objectField(PlanType, 'charges', (t) =>
  t.field({
    type: PlanChargeConnectionType,
    nullable: true,
    description:
      "The components of the plan's price. Null where the provider does not show them (some Maple pricings).",
    extensions: cost(planChargesCost),
    args: connectionArguments(20),
    resolve: async (plan, args, context, info) => {
      const binding = ['Plan.charges', plan.provider, plan.kind, plan.providerId];
      const page = { context, args, defaultFirst: 20, binding };
      planPage(page, [plan.provider]);
      const stream = await context.sources[plan.provider].charges.planCharges(plan);
      return stream === null ? null : readConnection({ ...page, info, streams: [stream] });
    },
  }),
);
