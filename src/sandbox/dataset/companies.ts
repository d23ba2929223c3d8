import { addUtcDays } from '../sandbox-clock.ts';
import { seededRandom, type SeededRandom } from '../seeded-random.ts';
import { companyName } from './company-names.ts';

/** Whether a company has a customer in one of the two systems, and in which state. */
export type CompanyPresence = 'active' | 'archived' | 'absent';

/** A fictional company; the business's own customer. */
export interface Company {
  /** 0-based; lower is newer. */
  readonly index: number;
  /** The business's own id, e.g. 'acct_1042': ingest alias in Metronome, identifier in Maple. */
  readonly identifier: string;
  /** Invented and unique. */
  readonly name: string;
  /** When the business took it on. Never later for a higher index; a few neighbours share the very instant. */
  readonly createdAt: Date;
  readonly metronome: CompanyPresence;
  readonly maple: CompanyPresence;
  readonly mapleCurrency: 'USD' | 'EUR' | 'JPY' | 'KWD';
  /** What its Metronome invoices are counted in. */
  readonly metronomeUnit: 'USD' | 'EUR' | 'CUSTOM';
  /** Further ingest aliases, mostly none; some hold a slash, a space or letters outside ASCII. */
  readonly extraAliases: readonly string[];
}

/** How many companies the sandbox knows unless told otherwise. */
export const DEFAULT_COMPANY_COUNT = 360;

const NEWEST_AGE_DAYS = 400;
const MINUTE_MS = 60_000;
const SPARSE_COMPANIES = 500;
const SPARSE_STEP_MS = 2_880 * MINUTE_MS;
const DENSE_STEP_MS = 7 * MINUTE_MS;

/** Units of the companies that always exist in both systems, by index. */
const FIXED_UNITS: readonly Pick<Company, 'mapleCurrency' | 'metronomeUnit'>[] = [
  { mapleCurrency: 'USD', metronomeUnit: 'USD' },
  { mapleCurrency: 'EUR', metronomeUnit: 'EUR' },
  { mapleCurrency: 'JPY', metronomeUnit: 'CUSTOM' },
  { mapleCurrency: 'KWD', metronomeUnit: 'USD' },
  { mapleCurrency: 'USD', metronomeUnit: 'CUSTOM' },
  { mapleCurrency: 'EUR', metronomeUnit: 'USD' },
  { mapleCurrency: 'USD', metronomeUnit: 'EUR' },
  { mapleCurrency: 'JPY', metronomeUnit: 'USD' },
  { mapleCurrency: 'KWD', metronomeUnit: 'EUR' },
  { mapleCurrency: 'USD', metronomeUnit: 'USD' },
];

/**
 * The first `count` companies, newest first. Deterministic: a company depends on its index and `now` alone, so a
 * larger count only appends. Every company is older than a year, so that twelve months of invoices fit.
 */
export function companies(options: { count: number; now: Date }): readonly Company[] {
  return Array.from({ length: options.count }, (_, index) => company(index, options.now));
}

function company(index: number, now: Date): Company {
  const random = seededRandom(`company:${index}`);
  const units = FIXED_UNITS[index] ?? randomUnits(random);
  const presence = index < FIXED_UNITS.length ? IN_BOTH : randomPresence(random);
  return {
    index,
    identifier: `acct_${1001 + index}`,
    name: companyName(index),
    createdAt: createdAt(index, now),
    ...presence,
    ...units,
    extraAliases: extraAliases(index, random),
  };
}

const IN_BOTH = { metronome: 'active', maple: 'active' } as const;

function randomPresence(random: SeededRandom): Pick<Company, 'metronome' | 'maple'> {
  const system = random.next();
  const archived = random.next();
  const metronome = archived < 0.05 ? 'archived' : 'active';
  const maple = archived >= 0.025 && archived < 0.075 ? 'archived' : 'active';
  if (system < 0.4) return { metronome, maple };
  return system < 0.75 ? { metronome, maple: 'absent' } : { metronome: 'absent', maple };
}

function randomUnits(random: SeededRandom): Pick<Company, 'mapleCurrency' | 'metronomeUnit'> {
  const maple = random.next();
  const metronome = random.next();
  return {
    mapleCurrency: maple < 0.65 ? 'USD' : maple < 0.85 ? 'EUR' : maple < 0.95 ? 'JPY' : 'KWD',
    metronomeUnit: metronome < 0.75 ? 'USD' : metronome < 0.9 ? 'EUR' : 'CUSTOM',
  };
}

function createdAt(index: number, now: Date): Date {
  // Five neighbours in every sixty share an instant, because equal timestamps are where paging goes wrong.
  const position = index % 60;
  const leader = position > 20 && position <= 24 ? index - (position - 20) : index;
  const sparse = Math.min(leader, SPARSE_COMPANIES);
  const dense = leader - sparse;
  const ageMs = sparse * SPARSE_STEP_MS + dense * DENSE_STEP_MS;
  // Less than one dense step, so the order by index stays.
  const jitterMs = seededRandom(`company-created:${leader}`).integer(0, DENSE_STEP_MS - 1);
  return new Date(addUtcDays(now, -NEWEST_AGE_DAYS).getTime() - ageMs - jitterMs);
}

function extraAliases(index: number, random: SeededRandom): readonly string[] {
  const number = 1001 + index;
  if (index === 0) return ['orchard-labs'];
  if (index === 1) return [`legacy/eu/${number}`, `Konto Süd ${number}`];
  if (!random.chance(0.12)) return [];
  return [
    random.pick([
      `legacy/${number}`,
      `Old Account ${number}`,
      `顧客-${number}`,
      `crm:${number}?v=1&x=2`,
      `cust-${number}`,
    ]),
  ];
}
