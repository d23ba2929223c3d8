import Big from 'big.js';
import { definePlan, type PlanDefinition } from './plan-definition.ts';
import { COMPUTE_TOKENS, EUR, USD_CENTS } from './pricing-units.ts';

/** Whole euros: a fee of 499 is 499 euros (metronome.md section 1.8). */
export const SCALE_EUR: PlanDefinition = definePlan({
  index: 6,
  name: 'Scale (EUR)',
  description: 'European price list with tiers',
  creditType: EUR,
  customFields: { tier: 'scale', region: 'eu' },
  minimums: [{ name: 'Minimum spend', value: '750', startPeriod: 0 }],
  charges: [
    {
      product: 'Platform',
      name: 'Base fee',
      type: 'fixed',
      price: '499',
      quantity: '1',
      collection: { schedule: 'ARREARS', interval: 1 },
    },
    {
      product: 'Requests',
      name: 'API calls',
      type: 'usage',
      price: [
        ['0', '0.00035'],
        ['1000000', '0.0003'],
      ],
      usage: { base: '1200000' },
    },
    {
      product: 'Compute',
      name: 'Compute hours',
      type: 'usage',
      price: '0.119',
      usage: { base: '640', groups: { key: 'region', values: ['eu-central', 'eu-north'] } },
    },
  ],
});

/** Euros without a fee. */
export const PAY_AS_YOU_GO_EUR: PlanDefinition = definePlan({
  index: 7,
  name: 'Pay as you go (EUR)',
  description: 'Usage only, in euros',
  creditType: EUR,
  charges: [
    { product: 'Requests', name: 'API calls', type: 'usage', price: '0.0004', usage: { base: '90000' } },
    { product: 'Seats', name: 'Member seats', type: 'seat', price: '12.5', usage: { base: '6' } },
  ],
});

/** Counted in a custom unit, converted to USD only beyond the grant. */
export const TOKENS: PlanDefinition = definePlan({
  index: 8,
  name: 'Compute tokens',
  description: 'Prepaid tokens for training and inference',
  creditType: COMPUTE_TOKENS,
  customFields: { tier: 'tokens' },
  overageRates: [
    { fiat: USD_CENTS, factor: '0.25', startPeriod: 0 },
    { fiat: USD_CENTS, factor: '0.2', startPeriod: 3 },
  ],
  creditGrants: [
    {
      name: 'Included tokens',
      amount_granted: new Big('1000'),
      amount_granted_credit_type: COMPUTE_TOKENS,
      amount_paid: new Big('20000'),
      amount_paid_credit_type: USD_CENTS,
      effective_duration: 1,
      priority: '1',
      send_invoice: true,
      recurrence_interval: 1,
    },
  ],
  charges: [
    {
      product: 'Training',
      name: 'Training steps',
      type: 'usage',
      price: [
        ['0', '1.5'],
        ['5000', '1.25'],
      ],
      usage: { base: '6000' },
    },
    {
      product: 'Inference',
      name: 'Inference calls',
      type: 'usage',
      price: '0.002',
      usage: { base: '250000' },
    },
    {
      product: 'Inference',
      name: 'Context bytes',
      type: 'usage',
      price: '0',
      // Beyond 2^53: a reader that goes through floats changes the last digit.
      usage: { base: '9007199254740993', constant: true },
    },
  ],
});
