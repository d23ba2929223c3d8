import type { NewMoney } from '../../domain/mutation/new-charge.ts';
import { movePoint, type Decimal } from '../../money/decimal.ts';
import { pricingUnitOf } from './map-money.ts';
import type { MetronomeCreditType } from './wire.gen.ts';

/** The number as Metronome counts it: USD in cents, other fiat in whole units, custom units as they are (section 1.8). */
export function wirePriceOf(money: NewMoney): Decimal {
  return movePoint(money.amount, money.kind === 'FIAT' && money.currency === 'USD' ? 2 : 0);
}

/** Whether an amount is in the unit that a credit type stands for. */
export function isInUnit(money: NewMoney, creditType: MetronomeCreditType): boolean {
  const unit = pricingUnitOf(creditType);
  if (money.kind === 'FIAT') return unit.currency === money.currency;
  return unit.kind === 'CUSTOM' && unit.providerId.toLowerCase() === money.pricingUnitId.toLowerCase();
}
