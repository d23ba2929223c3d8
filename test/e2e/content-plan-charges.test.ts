import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pick, pickList, pickText } from '../support/pick.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

const CHARGE = `
  name kind providerKind quantity startPeriod tierResetFrequency product { name } customFields
  unitConversion { divisionFactor rounding providerRounding }
  minimumSpend { amount currency } basePrice { amount currency }
  pricing {
    model providerModel unit { name currency } unitPrice flatPrice stepSize frequency
    unitPriceByPeriod minUnitPrice maxUnitPrice quantity collectionSchedule collectionInterval
    tiers { startsAt endsAt unitPrice flatPrice }
  }`;

/** Everything of a charge that is nothing unless a test says otherwise. */
const NOTHING = {
  quantity: null,
  startPeriod: null,
  tierResetFrequency: null,
  customFields: {},
  unitConversion: null,
  minimumSpend: null,
  basePrice: null,
};
const NO_PRICE = {
  unitPrice: null,
  flatPrice: null,
  stepSize: null,
  frequency: null,
  unitPriceByPeriod: [],
  minUnitPrice: null,
  maxUnitPrice: null,
  quantity: null,
  collectionSchedule: null,
  collectionInterval: null,
  tiers: [],
};
const USD_CENTS = { name: 'USD (cents)', currency: 'USD' };

let gateway: TestGateway;
let charges: ReadonlyMap<string, readonly unknown[]>;
beforeAll(async () => {
  gateway = await startTestGateway();
  const data = await gateway.data(
    `{ plans(first: 100) { nodes { provider kind name currency charges(first: 100) { nodes { ${CHARGE} } } } } }`,
  );
  charges = new Map(
    pickList(data, 'plans', 'nodes').map((plan) => [
      [pick(plan, 'kind'), pick(plan, 'name'), pick(plan, 'currency') ?? ''].join(' ').trim(),
      pickList(plan, 'charges', 'nodes'),
    ]),
  );
});
afterAll(() => gateway.stop());

function chargesOf(plan: string, name: string): unknown[] {
  return (charges.get(plan) ?? []).filter((charge) => pick(charge, 'name') === name);
}

describe('a charge of a Metronome plan', () => {
  const flat = { ...NO_PRICE, model: 'FLAT', providerModel: null, unit: USD_CENTS };
  const tiered = { ...flat, model: 'GRADUATED' };
  const tier = (startsAt: string, endsAt: string | null, unitPrice: string) => ({
    startsAt,
    endsAt,
    unitPrice,
    flatPrice: null,
  });

  it('keeps its tiers, resets, conversions and custom fields', () => {
    expect(chargesOf('PLAN Enterprise', 'Compute hours')).toEqual([
      {
        ...NOTHING,
        name: 'Compute hours',
        kind: 'USAGE',
        providerKind: 'usage',
        product: { name: 'Compute' },
        tierResetFrequency: 1,
        customFields: { gl_account: '4000' },
        pricing: {
          ...tiered,
          tiers: [tier('0', '1000', '0.125'), tier('1000', '5000', '0.10'), tier('5000', null, '0.08125')],
        },
      },
    ]);
    expect(chargesOf('PLAN Enterprise', 'API calls')).toEqual([
      {
        ...NOTHING,
        name: 'API calls',
        kind: 'USAGE',
        providerKind: 'usage',
        product: { name: 'Requests' },
        tierResetFrequency: 3,
        unitConversion: { divisionFactor: '1000', rounding: 'CEILING', providerRounding: 'ceiling' },
        pricing: { ...tiered, tiers: [tier('0', '2000', '0.045'), tier('2000', null, '0.0375')] },
      },
    ]);
    expect(chargesOf('PLAN Enterprise', 'Export minutes')).toMatchObject([
      { unitConversion: { divisionFactor: '60', rounding: 'FLOOR', providerRounding: 'floor' } },
    ]);
    expect(chargesOf('PLAN Pay as you go', 'Transfer')).toMatchObject([
      { unitConversion: { divisionFactor: '3', rounding: null, providerRounding: null } },
    ]);
  });

  it('keeps its ramps, and how it is collected', () => {
    const fee = (startPeriod: number, unitPrice: string) => ({
      ...NOTHING,
      name: 'Platform fee',
      kind: 'FIXED',
      providerKind: 'fixed',
      product: { name: 'Platform' },
      quantity: '1',
      startPeriod,
      pricing: { ...flat, unitPrice, quantity: '1', collectionSchedule: 'ARREARS', collectionInterval: '1' },
    });
    expect(chargesOf('PLAN Enterprise', 'Platform fee')).toEqual([fee(0, '500.00'), fee(3, '750.00')]);
  });

  it('keeps its kind', () => {
    const kinds = [
      'Editor seats',
      'Premium support',
      'Usage commitment',
      'Audit log retention',
      'Log lines',
    ].map((name) =>
      chargesOf('PLAN Enterprise', name).map(
        (charge) => `${pickText(charge, 'kind')} ${pickText(charge, 'providerKind')}`,
      ),
    );
    expect(kinds).toEqual([
      ['SEAT seat'],
      ['COMPOSITE composite'],
      ['MINIMUM minimum'],
      ['FIXED fixed'],
      ['USAGE usage'],
    ]);
  });

  it('keeps its unit, be it euros or a unit of the account', () => {
    expect(chargesOf('PLAN Scale (EUR)', 'Base fee')).toMatchObject([
      { pricing: { unit: { name: 'EUR', currency: 'EUR' }, unitPrice: '499.00' } },
    ]);
    expect(chargesOf('PLAN Compute tokens', 'Inference calls')).toMatchObject([
      { pricing: { unit: { name: 'compute tokens', currency: null }, unitPrice: '0.002' } },
    ]);
  });
});

describe('a charge of a Maple plan', () => {
  const priced = (plan: string, name: string): unknown => chargesOf(plan, name)[0];
  const unstated = { ...NO_PRICE, unit: null };

  it('keeps each form of price, digit for digit while their unit is not stated', () => {
    expect(priced('PRODUCT_PRICING Platform Starter EUR', 'Platform Starter, seats')).toMatchObject({
      kind: 'SEAT',
      pricing: {
        ...unstated,
        model: 'FLAT',
        providerModel: 'FIXED',
        unitPrice: '1750.5',
        frequency: 'MONTH',
      },
    });
    expect(
      priced('PRODUCT_PRICING Storage by the hundred USD', 'Storage by the hundred, stored gigabytes'),
    ).toMatchObject({
      basePrice: { amount: '20.00', currency: 'USD' },
      pricing: {
        ...unstated,
        model: 'STEP',
        providerModel: 'STEP',
        flatPrice: '123.45',
        stepSize: '100',
        frequency: 'MONTH',
      },
    });
    expect(priced('PRODUCT_PRICING Platform Growth USD', 'Platform Growth, api calls')).toMatchObject({
      kind: 'USAGE',
      minimumSpend: { amount: '25.00', currency: 'USD' },
      pricing: {
        model: 'GRADUATED',
        providerModel: 'GRADIENT',
        tiers: [
          { startsAt: '0', endsAt: '10000', unitPrice: '0', flatPrice: '0' },
          { startsAt: '10000', endsAt: '1000000', unitPrice: '0.0125', flatPrice: '0' },
          { startsAt: '1000000', endsAt: null, unitPrice: '0.0001', flatPrice: '2500' },
        ],
      },
    });
    expect(priced('PRODUCT_PRICING API pay as you go USD', 'API pay as you go, api calls')).toMatchObject({
      pricing: {
        model: 'VOLUME',
        providerModel: 'VOLUME',
        tiers: [
          { startsAt: '0', endsAt: '50000', unitPrice: '0.05', flatPrice: '0' },
          { startsAt: '50000', endsAt: '5000000', unitPrice: '0.0125', flatPrice: '99.5' },
          { startsAt: '5000000', endsAt: null, unitPrice: '0.0000001', flatPrice: '418.755' },
        ],
      },
    });
    expect(priced('PRODUCT_PRICING Messaging ramp USD', 'Messaging ramp, messages')).toMatchObject({
      pricing: {
        ...unstated,
        model: 'SCHEDULED',
        providerModel: 'SCHEDULED',
        unitPriceByPeriod: ['0.75', '0.7', '0.655'],
        frequency: 'MONTH',
      },
    });
    expect(priced('PRODUCT_PRICING Platform Enterprise USD', 'Platform Enterprise, seats')).toMatchObject({
      minimumSpend: { amount: '12000.00', currency: 'USD' },
      pricing: {
        ...unstated,
        model: 'CUSTOM',
        providerModel: 'CUSTOM',
        unitPrice: '39000',
        minUnitPrice: '25000',
        maxUnitPrice: '49000',
        frequency: 'YEAR',
      },
    });
    expect(priced('PRODUCT_PRICING Support by spend USD', 'Support by spend, support plan')).toMatchObject({
      basePrice: { amount: '500.00', currency: 'USD' },
      pricing: { model: 'UNKNOWN', providerModel: 'HYBRID' },
    });
  });

  it('is the same within a bundle as within its product pricing', () => {
    const bundle = charges.get('BUNDLE Growth USD') ?? [];
    const products = ['Platform Growth', 'Storage by the hundred'].flatMap(
      (name) => charges.get(`PRODUCT_PRICING ${name} USD`) ?? [],
    );
    expect(bundle).toHaveLength(3);
    expect(bundle).toEqual(products);
  });

  it.each([
    ['minor', '0.0125', '0.000125'],
    ['major', '0.0125', '0.0125'],
  ])('is scaled where the gateway is told that prices are in %s units', async (unit, _, second) => {
    const told = await startTestGateway({ env: { MAPLE_PRICE_UNIT: unit } });
    try {
      const data = await told.data(
        `{ node(id: "${Buffer.from('Plan:MAPLE:PRODUCT_PRICING:price_platform_growth_usd').toString('base64url')}") {
          ... on Plan { charges { nodes { ${CHARGE} } } }
        } }`,
      );
      const charge = pickList(data, 'node', 'charges', 'nodes').find(
        (each) => pick(each, 'kind') === 'USAGE',
      );
      expect(pick(charge, 'pricing', 'unit')).toEqual({ name: 'USD', currency: 'USD' });
      expect(pick(charge, 'pricing', 'tiers', 1, 'unitPrice')).toBe(second);
      expect(pick(charge, 'pricing', 'tiers', 1, 'startsAt')).toBe('10000');
    } finally {
      await told.stop();
    }
  });
});
