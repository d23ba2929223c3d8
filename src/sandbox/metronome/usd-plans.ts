import Big from 'big.js';
import { definePlan, type PlanDefinition } from './plan-definition.ts';
import { USD_CENTS } from './pricing-units.ts';

const MONTHLY = { schedule: 'ARREARS', interval: 1 } as const;

/** A small fee and one untiered price. */
export const STARTER: PlanDefinition = definePlan({
  index: 1,
  name: 'Starter',
  description: 'For small teams',
  creditType: USD_CENTS,
  customFields: { tier: 'starter' },
  charges: [
    {
      product: 'Platform',
      name: 'Base fee',
      type: 'fixed',
      price: '2900',
      quantity: '1',
      collection: MONTHLY,
    },
    { product: 'Requests', name: 'API calls', type: 'usage', price: '0.0125', usage: { base: '20000' } },
  ],
});

/** Tiers, a ramped minimum and a paid grant. */
export const GROWTH: PlanDefinition = definePlan({
  index: 2,
  name: 'Growth',
  description: 'Volume tiers for growing usage',
  creditType: USD_CENTS,
  customFields: { tier: 'growth' },
  minimums: [
    { name: 'Growth minimum', value: '25000', startPeriod: 0 },
    { name: 'Growth minimum', value: '50000', startPeriod: 3 },
  ],
  creditGrants: [
    {
      name: 'Prepaid usage',
      amount_granted: new Big('10000'),
      amount_granted_credit_type: USD_CENTS,
      amount_paid: new Big('9000.5'),
      amount_paid_credit_type: USD_CENTS,
      effective_duration: 6,
      priority: '2',
      send_invoice: true,
      recurrence_interval: 6,
    },
  ],
  charges: [
    {
      product: 'Platform',
      name: 'Base fee',
      type: 'fixed',
      price: '9900',
      quantity: '1',
      collection: MONTHLY,
    },
    {
      product: 'Requests',
      name: 'API calls',
      type: 'usage',
      price: [
        ['0', '0.0125'],
        ['500000', '0.01'],
        ['2000000', '0.0075'],
      ],
      usage: { base: '1500000' },
    },
    {
      product: 'Compute',
      name: 'Compute hours',
      type: 'usage',
      price: '11.111',
      usage: { base: '900', groups: { key: 'team', values: ['blue', 'green', null] } },
    },
  ],
});

/** Seats whose price rises after three periods. */
export const TEAM_SEATS: PlanDefinition = definePlan({
  index: 3,
  name: 'Team seats',
  description: 'Per seat, no usage',
  creditType: USD_CENTS,
  charges: [
    {
      product: 'Seats',
      name: 'Member seats',
      type: 'seat',
      price: '1200',
      startPeriod: 0,
      collection: { schedule: 'ADVANCE', interval: 1 },
      usage: { base: '24' },
    },
    {
      product: 'Seats',
      name: 'Member seats',
      type: 'seat',
      price: '1500',
      startPeriod: 3,
      collection: { schedule: 'ADVANCE', interval: 1 },
      usage: { base: '24' },
    },
    { product: 'Seats', name: 'Seat commitment', type: 'minimum', price: '12000' },
  ],
});

/** Usage alone, with prices far below a cent. */
export const PAY_AS_YOU_GO: PlanDefinition = definePlan({
  index: 4,
  name: 'Pay as you go',
  description: 'Usage only',
  creditType: USD_CENTS,
  charges: [
    { product: 'Requests', name: 'API calls', type: 'usage', price: '0.0001', usage: { base: '3000000' } },
    {
      product: 'Requests',
      name: 'Bytes scanned',
      type: 'usage',
      price: '1e-7',
      usage: { base: '700000000' },
    },
    {
      product: 'Transfer',
      name: 'Transfer',
      type: 'usage',
      price: '2.5',
      conversion: { factor: '3' },
      usage: { base: '1000' },
    },
  ],
});

/** One-time services; nobody is on this plan, its charges are what addCharge takes (metronome.md section 7). */
export const SERVICES: PlanDefinition = definePlan({
  index: 5,
  name: 'Services catalogue',
  description: 'One-time services, added to invoices by hand',
  creditType: USD_CENTS,
  charges: [
    { product: 'Professional services', name: 'Onboarding', type: 'fixed', price: '250000' },
    { product: 'Professional services', name: 'Training day', type: 'fixed', price: '120000' },
    { product: 'Data services', name: 'Data migration', type: 'fixed', price: '480000.5' },
  ],
});
