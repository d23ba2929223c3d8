import type { MapleCurrency } from '../wire/money.ts';
import type { ItemKey } from './item.ts';
import { licensed, metered, type ItemPrice, type UnitPrice } from './item-price.ts';
import type { ProductKey } from './product.ts';

/** One priced component of a product pricing. */
export interface PricedItem {
  readonly item: ItemKey;
  readonly itemPrice: ItemPrice;
}

/** A price plan of a product. */
export interface CatalogPricing {
  readonly key: string;
  readonly id: string;
  /** Accepted in place of the id; `import_ref` shows it where the pricing is embedded. */
  readonly externalId: string;
  readonly product: ProductKey;
  readonly name: string;
  readonly currency: MapleCurrency;
  readonly state: 'ACTIVE' | 'ARCHIVED';
  /** The reference says "recurring or one-time" and shows no wire value; these are guesses. */
  readonly type: 'RECURRING' | 'ONE_TIME';
  readonly items: readonly PricedItem[];
  /** Position in the catalogue, oldest first. */
  readonly position: number;
}

type Draft = Omit<CatalogPricing, 'id' | 'externalId' | 'position' | 'state' | 'type' | 'currency'> &
  Partial<Pick<CatalogPricing, 'state' | 'type' | 'currency'>>;

const seats = (price: UnitPrice, extra?: Partial<ItemPrice>): PricedItem => ({
  item: 'seats',
  itemPrice: licensed(price, extra),
});
const fixed = (pricePerUnit: string): UnitPrice => ({ type: 'FIXED', pricePerUnit });
const servicePackage = (pricePerUnit: string): PricedItem => ({
  item: 'package',
  itemPrice: licensed(fixed(pricePerUnit)),
});

const API_GRADIENT: UnitPrice = {
  type: 'GRADIENT',
  tiers: [
    { start: '0', end: '10000', pricePerUnit: '0', flatPrice: '0' },
    { start: '10000', end: '1000000', pricePerUnit: '0.0125', flatPrice: '0' },
    { start: '1000000', pricePerUnit: '0.0001', flatPrice: '2500' },
  ],
};

const API_VOLUME: UnitPrice = {
  type: 'VOLUME',
  tiers: [
    { start: '0', end: '50000', pricePerUnit: '0.05', flatPrice: '0' },
    { start: '50000', end: '5000000', pricePerUnit: '0.0125', flatPrice: '99.5' },
    { start: '5000000', pricePerUnit: '1e-7', flatPrice: '418.755', isCustomTier: true },
  ],
};

const DRAFTS: readonly Draft[] = [
  {
    key: 'platform_legacy_usd',
    product: 'platform',
    name: 'Platform Classic',
    state: 'ARCHIVED',
    items: [seats(fixed('1500'))],
  },
  {
    key: 'storage_legacy_eur',
    product: 'storage',
    name: 'Storage Classic',
    state: 'ARCHIVED',
    currency: 'EUR',
    items: [{ item: 'storage', itemPrice: metered(fixed('2.5')) }],
  },
  {
    key: 'platform_starter_usd',
    product: 'platform',
    name: 'Platform Starter',
    items: [seats(fixed('1900'))],
  },
  {
    key: 'platform_starter_eur',
    product: 'platform',
    name: 'Platform Starter',
    currency: 'EUR',
    items: [seats(fixed('1750.5'))],
  },
  {
    key: 'platform_starter_jpy',
    product: 'platform',
    name: 'Platform Starter',
    currency: 'JPY',
    items: [seats(fixed('2400'))],
  },
  {
    key: 'platform_starter_kwd',
    product: 'platform',
    name: 'Platform Starter',
    currency: 'KWD',
    items: [seats(fixed('6125'))],
  },
  {
    key: 'platform_growth_usd',
    product: 'platform',
    name: 'Platform Growth',
    items: [
      seats(fixed('4900'), { basePrice: 9_900n }),
      { item: 'api_calls', itemPrice: metered(API_GRADIENT, { baseUnits: '10000', minimumSpend: 2_500n }) },
    ],
  },
  {
    key: 'platform_enterprise_usd',
    product: 'platform',
    name: 'Platform Enterprise',
    items: [
      seats(
        { type: 'CUSTOM', pricePerUnit: '39000', min: '25000', max: '49000', preset: '39000' },
        {
          frequency: 'YEAR',
          basePrice: 120_000n,
          minimumSpend: 1_200_000n,
          minimumSpendSchedule: [1_200_000n, 1_500_000n],
          trueUpFrequency: 'QUARTER',
        },
      ),
    ],
  },
  {
    key: 'api_payg_usd',
    product: 'api',
    name: 'API pay as you go',
    items: [{ item: 'api_calls', itemPrice: metered(API_VOLUME) }],
  },
  {
    key: 'api_payg_eur',
    product: 'api',
    name: 'API pay as you go',
    currency: 'EUR',
    items: [{ item: 'api_calls', itemPrice: metered(API_GRADIENT, { basePrice: 1_900n }) }],
  },
  {
    key: 'storage_usd',
    product: 'storage',
    name: 'Storage by the hundred',
    items: [
      {
        item: 'storage',
        // More than a double can tell from its neighbour: included units, so no amount depends on it.
        itemPrice: metered(
          { type: 'STEP', pricePerStep: '123.45', stepSize: '100' },
          { basePrice: 2_000n, baseUnits: '9007199254740993' },
        ),
      },
    ],
  },
  {
    key: 'messaging_usd',
    product: 'messaging',
    name: 'Messaging ramp',
    items: [
      {
        item: 'messages',
        itemPrice: metered({ type: 'SCHEDULED', pricePerUnitPerPeriod: ['0.75', '0.7', '0.655'] }),
      },
    ],
  },
  {
    key: 'support_usd',
    product: 'support',
    name: 'Support by spend',
    items: [
      {
        item: 'support',
        itemPrice: metered({ type: 'HYBRID', percentOfSpend: '0.035' }, { basePrice: 50_000n }),
      },
    ],
  },
  {
    key: 'onboarding_usd',
    product: 'services',
    name: 'Onboarding package',
    type: 'ONE_TIME',
    items: [servicePackage('150000')],
  },
  {
    key: 'onboarding_eur',
    product: 'services',
    name: 'Onboarding package',
    type: 'ONE_TIME',
    currency: 'EUR',
    items: [servicePackage('139900')],
  },
  {
    key: 'onboarding_jpy',
    product: 'services',
    name: 'Onboarding package',
    type: 'ONE_TIME',
    currency: 'JPY',
    items: [servicePackage('180000')],
  },
  {
    key: 'onboarding_kwd',
    product: 'services',
    name: 'Onboarding package',
    type: 'ONE_TIME',
    currency: 'KWD',
    items: [servicePackage('45250')],
  },
];

/** Every product pricing, oldest first. */
export const PRICINGS: readonly CatalogPricing[] = DRAFTS.map((draft, position) => ({
  state: 'ACTIVE',
  type: 'RECURRING',
  currency: 'USD',
  ...draft,
  id: `price_${draft.key}`,
  externalId: `ext-${draft.key}`,
  position,
}));

const BY_KEY: ReadonlyMap<string, CatalogPricing> = new Map(
  PRICINGS.map((pricing) => [pricing.key, pricing]),
);

/** The pricing of a key; throws RangeError for an unknown one. */
export function pricingOfKey(key: string): CatalogPricing {
  const pricing = BY_KEY.get(key);
  if (pricing === undefined) throw new RangeError(`No pricing ${key}`);
  return pricing;
}

/** The pricing whose id or external id is `id`. */
export function pricingOfId(id: string): CatalogPricing | undefined {
  return PRICINGS.find((pricing) => pricing.id === id || pricing.externalId === id);
}

/** The name of a pricing as invoices show it. */
export function externalPricingName(pricing: CatalogPricing): string {
  return `Sandbox ${pricing.name}`;
}

/** Id of one priced component; `place` counts the components of the pricing from 0. */
export function metricPricingId(pricing: CatalogPricing, place: number): string {
  return `pmp_${pricing.key}_${place + 1}`;
}
