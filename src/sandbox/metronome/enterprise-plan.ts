import Big from 'big.js';
import { definePlan, type PlanDefinition } from './plan-definition.ts';
import { USD_CENTS } from './pricing-units.ts';

const REGIONS = { key: 'region', values: ['eu-west', 'us-east', null] } as const;
const MONTHLY_ARREARS = { schedule: 'ARREARS', interval: 1 } as const;
const MONTHLY_ADVANCE = { schedule: 'ADVANCE', interval: 1 } as const;

/** The showcase plan: every charge type, every form of price, ramps, conversions, minimums and a grant. */
export const ENTERPRISE: PlanDefinition = definePlan({
  index: 0,
  name: 'Enterprise',
  description: 'Everything, with volume tiers and premium support',
  creditType: USD_CENTS,
  customFields: { tier: 'enterprise', owner: 'sales' },
  minimums: [
    { name: 'Monthly floor', value: '150000', startPeriod: 0 },
    { name: 'Monthly floor', value: '250000', startPeriod: 3 },
  ],
  creditGrants: [
    {
      name: 'Launch credit',
      amount_granted: new Big('25000'),
      amount_granted_credit_type: USD_CENTS,
      amount_paid: new Big('0'),
      amount_paid_credit_type: USD_CENTS,
      effective_duration: 3,
      priority: '1',
      send_invoice: false,
      reason: 'Welcome offer',
      recurrence_duration: 12,
      recurrence_interval: 3,
    },
  ],
  charges: [
    {
      product: 'Compute',
      name: 'Compute hours',
      type: 'usage',
      price: [
        ['0', '12.5'],
        ['1000', '10'],
        ['5000', '8.125'],
      ],
      tierResetFrequency: 1,
      usage: { base: '4000', groups: REGIONS },
      customFields: { gl_account: '4000' },
    },
    {
      product: 'Requests',
      name: 'API calls',
      type: 'usage',
      price: [
        ['0', '4.5'],
        ['2000', '3.75'],
      ],
      tierResetFrequency: 3,
      conversion: { factor: '1000', rounding: 'ceiling' },
      usage: { base: '1250400' },
    },
    { product: 'Requests', name: 'Log lines', type: 'usage', price: '1e-7', usage: { base: '40000000' } },
    {
      product: 'Webhooks',
      name: 'Webhook deliveries',
      type: 'usage',
      price: '0.0001',
      usage: { base: '4187550', constant: true },
    },
    {
      product: 'Storage',
      name: 'Storage gigabyte hours',
      type: 'usage',
      price: '0.25',
      conversion: { factor: '1000' },
      usage: { base: '98300000' },
    },
    {
      product: 'Storage',
      name: 'Export minutes',
      type: 'usage',
      price: '15',
      conversion: { factor: '60', rounding: 'floor' },
      usage: { base: '7200' },
    },
    {
      product: 'Static addresses',
      name: 'Reserved addresses',
      type: 'usage',
      price: '300',
      usage: { base: '0', constant: true },
    },
    {
      product: 'Platform',
      name: 'Platform fee',
      type: 'fixed',
      price: '50000',
      quantity: '1',
      startPeriod: 0,
      collection: MONTHLY_ARREARS,
    },
    {
      product: 'Platform',
      name: 'Platform fee',
      type: 'fixed',
      price: '75000',
      quantity: '1',
      startPeriod: 3,
      collection: MONTHLY_ARREARS,
    },
    {
      product: 'Platform',
      name: 'Audit log retention',
      type: 'fixed',
      price: '123.45',
      quantity: '1',
      collection: MONTHLY_ARREARS,
      customFields: { compliance: 'yes' },
    },
    {
      product: 'Seats',
      name: 'Editor seats',
      type: 'seat',
      price: '2500',
      collection: MONTHLY_ADVANCE,
      usage: { base: '14' },
    },
    { product: 'Support', name: 'Premium support', type: 'composite', price: '0.05' },
    { product: 'Commitment', name: 'Usage commitment', type: 'minimum', price: '100000' },
  ],
});
