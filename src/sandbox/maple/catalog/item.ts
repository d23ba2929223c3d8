/** What a billable item is called in this module. */
export type ItemKey = 'seats' | 'api_calls' | 'storage' | 'messages' | 'support' | 'package';

/** A billable item together with its one metric. */
export interface CatalogItem {
  readonly key: ItemKey;
  readonly name: string;
  readonly type: string;
  readonly displayType: 'UNITS' | 'AMOUNT' | 'THOUSAND_UNITS' | 'MILLION_UNITS';
  readonly standard: boolean;
  readonly metric: {
    readonly name: string;
    /** The guide names the aggregations in prose only; the wire spelling is a guess. */
    readonly aggregator: string;
    readonly property: string;
    readonly groupKeys: readonly string[];
    readonly rule: string | null;
  };
}

const ITEMS: Readonly<Record<ItemKey, CatalogItem>> = {
  seats: {
    key: 'seats',
    name: 'Seats',
    type: 'CUSTOM_OBJ',
    displayType: 'UNITS',
    standard: false,
    metric: { name: 'Highest number of seats', aggregator: 'MAX', property: 'id', groupKeys: [], rule: null },
  },
  api_calls: {
    key: 'api_calls',
    name: 'API calls',
    type: 'CUSTOM_USAGE',
    displayType: 'THOUSAND_UNITS',
    standard: false,
    metric: {
      name: 'Calls by region',
      aggregator: 'COUNT',
      property: 'transaction_id',
      groupKeys: ['region', 'endpoint'],
      rule: 'status < 500',
    },
  },
  storage: {
    key: 'storage',
    name: 'Stored gigabytes',
    type: 'CUSTOM_USAGE',
    displayType: 'UNITS',
    standard: false,
    metric: {
      name: 'Last reported gigabytes',
      aggregator: 'LAST_REPORTED_IN_PERIOD',
      property: 'gigabytes',
      groupKeys: ['bucket'],
      rule: null,
    },
  },
  messages: {
    key: 'messages',
    name: 'Messages',
    type: 'CUSTOM_USAGE',
    displayType: 'MILLION_UNITS',
    standard: false,
    metric: { name: 'Sum of messages', aggregator: 'SUM', property: 'count', groupKeys: [], rule: null },
  },
  support: {
    key: 'support',
    name: 'Support plan',
    type: 'CUSTOM_OBJ',
    displayType: 'AMOUNT',
    standard: false,
    metric: { name: 'Supported spend', aggregator: 'SUM', property: 'spend', groupKeys: [], rule: null },
  },
  package: {
    key: 'package',
    name: 'Service package',
    type: 'STANDARD_LICENSE',
    displayType: 'UNITS',
    standard: true,
    metric: { name: 'Packages', aggregator: 'COUNT', property: 'id', groupKeys: [], rule: null },
  },
};

/** The item of a key. */
export function catalogItem(key: ItemKey): CatalogItem {
  return ITEMS[key];
}
