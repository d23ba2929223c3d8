import { hash } from 'node:crypto';

const SEPARATOR = 'X';
const DIGEST_LENGTH = 6;

/** Where a generated row belongs: the index of its customer, and its own number among that customer's rows. */
export interface RowPlace {
  readonly customerIndex: number;
  readonly ordinal: number;
}

/**
 * An id with one of the prefixes of the guides, e.g. `cus_4f1c0a2s`. The place of the row is in it, so that a row can
 * be looked up without an index over rows that were never made.
 */
export function opaqueId(prefix: string, place: RowPlace): string {
  const digest = hash('sha1', `${prefix}:${place.customerIndex}:${place.ordinal}`).slice(0, DIGEST_LENGTH);
  return `${prefix}_${digest}${place.customerIndex.toString(36)}${SEPARATOR}${place.ordinal.toString(36)}`;
}

/** The place inside an id that `opaqueId` made with the same prefix; undefined for anything else. */
export function placeOfId(prefix: string, id: string): RowPlace | undefined {
  if (!id.startsWith(`${prefix}_`)) return undefined;
  const [index, ordinal, ...rest] = id.slice(prefix.length + 1 + DIGEST_LENGTH).split(SEPARATOR);
  if (index === undefined || ordinal === undefined || rest.length > 0) return undefined;
  const place = { customerIndex: Number.parseInt(index, 36), ordinal: Number.parseInt(ordinal, 36) };
  return isPlace(place) && opaqueId(prefix, place) === id ? place : undefined;
}

/** The uuid of an invoice; version 8 (own layout), with the row's place in its last group. */
export function invoiceUuid(place: RowPlace): string {
  const digest = hash('sha1', `invoice:${place.customerIndex}:${place.ordinal}`);
  const index = place.customerIndex.toString(16).padStart(8, '0');
  const ordinal = place.ordinal.toString(16).padStart(4, '0');
  const groups = [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(12, 15)}`,
    `a${digest.slice(15, 18)}`,
  ];
  return `${groups.join('-')}-${index}${ordinal}`;
}

/** The place inside a uuid that `invoiceUuid` made; undefined for anything else. */
export function placeOfInvoice(uuid: string): RowPlace | undefined {
  const place = {
    customerIndex: Number.parseInt(uuid.slice(-12, -4), 16),
    ordinal: Number.parseInt(uuid.slice(-4), 16),
  };
  return isPlace(place) && invoiceUuid(place) === uuid ? place : undefined;
}

function isPlace(place: RowPlace): boolean {
  return Number.isSafeInteger(place.customerIndex) && Number.isSafeInteger(place.ordinal);
}
