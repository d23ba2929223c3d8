import { describe, expect, it } from 'vitest';
import { companies, DEFAULT_COMPANY_COUNT } from '../../../src/sandbox/dataset/companies.ts';

const now = new Date('2026-06-15T12:00:00Z');
const all = companies({ count: DEFAULT_COMPANY_COUNT, now });

describe('companies of the sandbox', () => {
  it('start with Orchard Labs, active in both systems and counted in USD', () => {
    expect(all[0]).toMatchObject({
      identifier: 'acct_1001',
      name: 'Orchard Labs',
      metronome: 'active',
      maple: 'active',
      mapleCurrency: 'USD',
      metronomeUnit: 'USD',
    });
  });

  it('are all in both systems up to the tenth, in every currency and unit', () => {
    const first = all.slice(0, 10);
    expect(first.every((one) => one.metronome === 'active' && one.maple === 'active')).toBe(true);
    expect(new Set(first.map((one) => one.mapleCurrency))).toEqual(new Set(['USD', 'EUR', 'JPY', 'KWD']));
    expect(new Set(first.map((one) => one.metronomeUnit))).toEqual(new Set(['USD', 'EUR', 'CUSTOM']));
  });

  it('are spread over the systems about 40, 35 and 25 to the hundred', () => {
    const share = (matches: readonly unknown[]): number => matches.length / all.length;
    expect(share(all.filter((one) => one.metronome !== 'absent' && one.maple !== 'absent'))).toBeCloseTo(
      0.4,
      1,
    );
    expect(share(all.filter((one) => one.maple === 'absent'))).toBeCloseTo(0.35, 1);
    expect(share(all.filter((one) => one.metronome === 'absent'))).toBeCloseTo(0.25, 1);
    const archived = all.filter((one) => one.metronome === 'archived' || one.maple === 'archived');
    expect(share(archived)).toBeGreaterThan(0.03);
    expect(share(archived)).toBeLessThan(0.09);
  });

  it('have unique names, identifiers and aliases, a hundred thousand of them too', () => {
    const many = companies({ count: 100_000, now });
    for (const values of [
      many.map((one) => one.name),
      many.flatMap((one) => [one.identifier, ...one.extraAliases]),
    ]) {
      expect(new Set(values).size).toBe(values.length);
    }
  });

  it('are never newer than one before them, and some share the very instant', () => {
    const created = companies({ count: 2000, now }).map((one) => one.createdAt.getTime());
    expect(created).toEqual(created.toSorted((a, b) => b - a));
    expect(new Set(created).size).toBeLessThan(created.length - 50);
  });

  it('are the same whatever their count', () => {
    expect(companies({ count: 50, now })).toEqual(all.slice(0, 50));
  });
});
