import { describe, expect, it } from 'vitest';
import type { NewMoney } from '../../../src/domain/mutation/new-charge.ts';
import { isInUnit, wirePriceOf } from '../../../src/upstream/metronome/write-money.ts';
import type { MetronomeCreditType } from '../../../src/upstream/metronome/wire.gen.ts';
import { fiat, units } from '../new-money.ts';
import { euros, tokens, usdCents } from './wire-builders.ts';

describe('a price that is sent to Metronome', () => {
  it.each<[NewMoney, string]>([
    [fiat('2.50'), '250'],
    [fiat('0.0001'), '0.01'],
    [fiat('0'), '0'],
    [fiat('123456789012.345'), '12345678901234.5'],
    [fiat('12.30', 'EUR'), '12.3'],
    [fiat('1000', 'JPY'), '1000'],
    [fiat('0.001', 'KWD'), '0.001'],
    [units('1250.5'), '1250.5'],
  ])('counts %j as %s', (money, price) => {
    expect(wirePriceOf(money)).toBe(price);
  });
});

describe('a unit of Metronome', () => {
  const cents: MetronomeCreditType = { id: 'another', name: 'USD (cents)' };
  const unitOf = (id: string): MetronomeCreditType => ({ ...tokens, id });
  it.each<[NewMoney, MetronomeCreditType, boolean]>([
    [fiat('1'), usdCents, true],
    [fiat('1'), cents, true],
    [fiat('1'), euros, false],
    [fiat('1'), tokens, false],
    [fiat('1', 'EUR'), euros, true],
    [fiat('1', 'EUR'), usdCents, false],
    [units('1', 'unit-1'), unitOf('unit-1'), true],
    [units('1', 'unit-1'), unitOf('UNIT-1'), true],
    [units('1', 'unit-1'), unitOf('unit-2'), false],
    [units('1', usdCents.id), usdCents, false],
  ])('of %j and %j is the same: %s', (money, unit, isSame) => {
    expect(isInUnit(money, unit)).toBe(isSame);
  });
});
