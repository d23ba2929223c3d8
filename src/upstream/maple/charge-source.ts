import type { ChargeSource } from '../../domain/charge/charge-source.ts';
import type { OneTimeCharge } from '../../domain/charge/charge.ts';
import { UpstreamNotFoundError } from '../../errors/upstream-error.ts';
import { optionalInstant } from '../http/wire-values.ts';
import type { FoundPage } from './find-request.ts';
import { findRow, foundStream } from './found-rows.ts';
import type { MapleLoaders } from './loaders.ts';
import { oneTimeChargeFrom } from './map-one-time-charge.ts';
import { readPlanCharge, readPlanCharges } from './plan-charges.ts';
import type { MaplePriceUnit } from './price-scale.ts';
import type { MapleOneTimeBillable } from './wire.gen.ts';

/** Maple's charges: components of plans (maple.md section 4) and one-time charges (section 7). */
export function createChargeSource(loaders: MapleLoaders, priceUnit: MaplePriceUnit): ChargeSource {
  return {
    planCharges: (plan) => readPlanCharges(loaders, plan, priceUnit),
    planCharge: (plan, chargeId) => readPlanCharge(loaders, plan, chargeId, priceUnit),
    oneTimeCharges: (customerId) =>
      foundStream({
        key: 'MAPLE',
        read: oneTimePages(loaders, customerId),
        keep: (row) => isOf(row, customerId),
        item: (row) => ({
          id: row.id,
          date: optionalInstant('MAPLE', row.created_at, 'one_time.created_at'),
          read: () => oneTimeChargeFrom(customerId, row),
        }),
      }),
    oneTimeCharge: (path) => readOneTimeCharge(loaders, path),
    productName: (productId) => loaders.productNames.load(productId),
  };
}

function oneTimePages(
  loaders: MapleLoaders,
  customerId: string,
): (token: string | null, limit: number) => Promise<FoundPage<MapleOneTimeBillable>> {
  return (token, limit) => loaders.oneTimePages.load({ query: { customer_id: customerId }, token, limit });
}

/** Maple has no read of one one-time charge (maple.md section 7), so the customer's list is searched. */
async function readOneTimeCharge(
  loaders: MapleLoaders,
  path: readonly string[],
): Promise<OneTimeCharge | null> {
  const [customerId, id, ...more] = path;
  if (customerId === undefined || id === undefined || more.length > 0) return null;
  try {
    const row = await findRow(
      oneTimePages(loaders, customerId),
      (row) => row.id === id && isOf(row, customerId),
    );
    return row === undefined ? null : oneTimeChargeFrom(customerId, row);
  } catch (error) {
    // Of an unknown customer there is no such charge either.
    if (error instanceof UpstreamNotFoundError) return null;
    throw error;
  }
}

function isOf({ customer_id: owner }: MapleOneTimeBillable, customerId: string): boolean {
  return owner === null || owner === undefined || owner === customerId;
}
