import { MAX_PAGE_LIMIT } from '../../connection/stream.ts';
import type { OneTimeCharge } from '../../domain/charge/charge.ts';
import type { NewMapleCharges, NewMapleItem } from '../../domain/mutation/new-charge.ts';
import { UpstreamError } from '../../errors/upstream-error.ts';
import { compareDecimals } from '../../money/decimal.ts';
import { leastContested } from '../../write/least-contested.ts';
import type { Baseline, Effect, Write } from '../../write/write.ts';
import type { UpstreamClient } from '../http/upstream-client.ts';
import { upstreamPath } from '../http/upstream-path.ts';
import { walkRows } from '../http/walk-rows.ts';
import { decimalOf, invalidField } from '../http/wire-values.ts';
import { MapleClient } from './client.ts';
import { oneTimeChargeFrom } from './map-one-time-charge.ts';
import { minorAmountOf, oneTimesRequest } from './one-times-request.ts';
import { isMapleOneTimeCharges } from './wire-validators.gen.js';
import type { MapleOneTimeBillable } from './wire.gen.ts';

const pathOf = upstreamPath('MAPLE');

/**
 * POST /one_times (maple.md section 7). Its effect is the ids of the new charges. Read back, they are those newer than
 * the newest one of before that bill what was asked for; notes and metadata are not shown, so they are not compared.
 */
export function createOneTimesWrite(
  client: UpstreamClient,
  companyId: string,
  customerId: string,
  charges: NewMapleCharges,
): Write<readonly OneTimeCharge[] | null> {
  const operation = 'createOneTimeCharges';
  const path = pathOf`/api/v1/companies/${companyId}/one_times`;
  const body = oneTimesRequest(customerId, charges);
  return {
    provider: 'MAPLE',
    customerId,
    operation,
    request: { path, body },
    // Any two charges of one customer may share an item.
    lane: JSON.stringify([operation, customerId]),
    async survey(signal) {
      const query = { customer_id: customerId };
      const reads = new MapleClient(client, signal, companyId);
      const page = await reads.findOneTimeCharges({ query, token: null, limit: MAX_PAGE_LIMIT });
      return { kind: 'ready', before: newestOf(page.results ?? []) };
    },
    async send(idempotencyKey, signal) {
      const answer = isMapleOneTimeCharges;
      const attempt = await client.write({ operation, path, body, idempotencyKey, answer, signal });
      if (attempt.kind !== 'done') return attempt;
      const rows = attempt.answer;
      return {
        kind: 'done',
        answer: { result: chargesOf(customerId, rows), effect: () => rows.map(({ id }) => id) },
      };
    },
    async find(before, { claimed, baselines }, signal) {
      const rows = await newRows(new MapleClient(client, signal, companyId), customerId, before);
      const candidates = leastContested(rows, baselines, newAmong);
      return effectAmong(
        candidates.filter(({ id }) => !claimed.has(id)),
        charges,
      );
    },
  };
}

/** Null where the answer cannot be shown: the charges are there all the same, and can be read. */
function chargesOf(customerId: string, rows: readonly MapleOneTimeBillable[]): OneTimeCharge[] | null {
  try {
    return rows.map((row) => oneTimeChargeFrom(customerId, row));
  } catch (error) {
    if (error instanceof UpstreamError) return null;
    throw error;
  }
}

/** When the newest charge was made, and the ids of all that were made at that time. */
function newestOf(rows: readonly MapleOneTimeBillable[]): Baseline {
  const newestAt = rows[0]?.created_at ?? '';
  const newest = newestAt === '' ? rows.slice(0, 1) : rows.filter((row) => row.created_at === newestAt);
  return [newestAt, ...newest.map(({ id }) => id)];
}

/** The charges that were made after the newest ones of before. */
async function newRows(
  reads: MapleClient,
  customerId: string,
  before: Baseline,
): Promise<MapleOneTimeBillable[]> {
  const query = { customer_id: customerId };
  const rows = walkRows('MAPLE', async (token) => {
    const { pagination, results } = await reads.findOneTimeCharges({ query, token, limit: MAX_PAGE_LIMIT });
    return { rows: results ?? [], nextToken: pagination.from_key };
  });
  const read: MapleOneTimeBillable[] = [];
  for await (const row of rows) {
    if (isEnd(row, before)) break;
    read.push(row);
  }
  return newAmong(read, before);
}

/** Of rows in Maple's order, newest first, those that were made after the newest ones of before. */
function newAmong(rows: readonly MapleOneTimeBillable[], before: Baseline): MapleOneTimeBillable[] {
  const end = rows.findIndex((row) => isEnd(row, before));
  const [, ...newestIds] = before;
  return rows.slice(0, end < 0 ? rows.length : end).filter(({ id }) => !newestIds.includes(id));
}

/** Whether all rows from this one on were there before. */
function isEnd(
  { id, created_at: createdAt }: MapleOneTimeBillable,
  [newestAt = '', ...newestIds]: Baseline,
): boolean {
  // Without a time the order alone tells; with one, the newest of before may be gone, or stand before a new one.
  return newestAt === '' ? newestIds.includes(id) : Date.parse(createdAt ?? '') < Date.parse(newestAt);
}

/**
 * One row for each item; null where there is none at all.
 *
 * @throws UpstreamInvalidResponseError where there are rows for some items only, since Maple makes all or none, and where
 *   a row does not say what it bills, so that it may be the one
 */
function effectAmong(rows: readonly MapleOneTimeBillable[], charges: NewMapleCharges): Effect | null {
  const left = new Set(rows.filter(({ type }) => (type ?? charges.timing) === charges.timing));
  const ids: string[] = [];
  for (const item of charges.items) {
    const row = [...left].find((candidate) => bills(candidate, item));
    if (row === undefined) continue;
    left.delete(row);
    ids.push(row.id);
  }
  if (ids.length === charges.items.length) return ids;
  if (ids.length > 0) throw invalidField('MAPLE', 'one_time.product_pricing_id');
  for (const row of left) if (!saysWhat(row)) throw invalidField('MAPLE', 'one_time.aggregate');
  return null;
}

/** All these members may be absent. */
function saysWhat(row: MapleOneTimeBillable): boolean {
  const { aggregate, product_pricing_id: pricingId, product_pricing: pricing, custom_price: custom } = row;
  return (aggregate ?? null) !== null && (pricingId ?? pricing?.id ?? custom ?? null) !== null;
}

function bills(row: MapleOneTimeBillable, { quantity, price }: NewMapleItem): boolean {
  const { aggregate, product_pricing_id: pricingId, custom_price: custom } = row;
  if (aggregate === null || aggregate === undefined) return false;
  if (compareDecimals(decimalOf('MAPLE', aggregate, 'one_time.aggregate'), quantity) !== 0) return false;
  if (price.kind === 'PRODUCT_PRICING')
    return (pricingId ?? row.product_pricing?.id) === price.productPricingId;
  if (custom?.product_id !== price.productId || custom.amount.currency !== price.unitPrice.currency)
    return false;
  const amount = decimalOf('MAPLE', custom.amount.value_in_cents, 'one_time.custom_price.amount');
  return compareDecimals(amount, minorAmountOf(price.unitPrice)) === 0;
}
