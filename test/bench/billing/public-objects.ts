import { encodeNodeId } from '../../../src/node-id.ts';
import { firstText } from '../../../src/upstream/maple/first-text.ts';
import type {
  MapleBundleRow,
  MapleCustomerRow,
  MapleInvoiceRow,
  MapleNextInvoiceRow,
  MapleSubscriptionRow,
  MetronomeCostRow,
  MetronomeCustomerRow,
  MetronomeInvoiceRow,
  MetronomePlanRow,
} from './wire-rows.ts';

// What the bench's documents ask for, made of wire rows by plain code, without the gateway's checks and without its exact
// numbers: amounts are JS floats here, which the amounts of the bench survive.

/** An amount of money as the schema shows it. */
interface MoneyObject {
  readonly amount: string;
  readonly currency: string | null;
}

/** A customer of Metronome, or, as far as an account shows it, of Maple. */
export interface CustomerObject {
  readonly id: string;
  readonly provider: string;
  readonly providerId: string;
  readonly name: string;
  readonly identifiers: readonly string[];
  readonly status: string;
  readonly createdAt: string | null;
}

/** What orders it among those of both systems, and the object that an answer shows. */
export interface Dated<T> {
  /** Milliseconds; an item without a date is newer than all others. */
  readonly at: number;
  readonly item: T;
}

/** A customer of a row. */
export function metronomeCustomer(row: MetronomeCustomerRow): CustomerObject {
  return {
    id: encodeNodeId('Customer', 'METRONOME', row.id),
    provider: 'METRONOME',
    providerId: row.id,
    name: row.name,
    identifiers: row.ingest_aliases,
    status: 'ACTIVE',
    createdAt: row.created_at,
  };
}

/** A customer of a row. */
export function mapleCustomer(row: MapleCustomerRow): CustomerObject {
  return {
    id: encodeNodeId('Customer', 'MAPLE', row.id),
    provider: 'MAPLE',
    providerId: row.id,
    name: firstText(row.name, row.display_name, row.org_name) ?? '',
    identifiers: row.identifier === null ? [] : [row.identifier],
    status: row.status,
    createdAt: null,
  };
}

/** An invoice of a row, with its lines. */
export function metronomeInvoice(row: MetronomeInvoiceRow) {
  return {
    id: encodeNodeId('Invoice', 'METRONOME', row.customer_id, row.id),
    provider: 'METRONOME',
    number: null,
    status: metronomeStatus(row),
    issuedAt: row.issued_at ?? null,
    total: metronomeMoney(row.total, row.credit_type.name),
  };
}

/** The lines of an invoice. */
export function metronomeLines(row: MetronomeInvoiceRow) {
  return row.line_items.slice(0, 50).map((line) => ({
    name: line.name,
    type: line.type,
    quantity: line.quantity === null || line.quantity === undefined ? null : String(line.quantity),
    total: metronomeMoney(line.total, line.credit_type.name),
  }));
}

/** An invoice of a row. */
export function mapleInvoice(row: MapleInvoiceRow) {
  return {
    id: encodeNodeId('Invoice', 'MAPLE', row.customer_id, row.uuid),
    provider: 'MAPLE',
    number: firstText(row.number),
    status: MAPLE_STATUS[row.status] ?? row.status,
    issuedAt: utc(row.invoice_date),
    total: mapleMoney(row.total.value_in_cents, row.total.currency),
  };
}

/** What the schema calls an invoice, as far as the bench asks for it. */
export type InvoiceObject = ReturnType<typeof metronomeInvoice> | ReturnType<typeof mapleInvoice>;

/** When an invoice counts as made. */
export function metronomeInvoiceAt(row: MetronomeInvoiceRow): number {
  return instant(row.issued_at ?? row.end_timestamp);
}

/** When an invoice counts as made. */
export function mapleInvoiceAt(row: MapleInvoiceRow): number {
  return instant(row.invoice_date ?? row.created_at);
}

/** A plan that a customer holds. */
export function metronomePlan(row: MetronomePlanRow) {
  const id = encodeNodeId('Plan', 'METRONOME', 'PLAN', row.plan_id);
  return { id, provider: 'METRONOME', name: row.plan_name };
}

/** The plan that a bundle is. */
export function maplePlan(row: MapleBundleRow) {
  const id = encodeNodeId('Plan', 'MAPLE', 'BUNDLE', row.id);
  return { id, provider: 'MAPLE', name: firstText(row.name, row.key) ?? '' };
}

/** The costs of a day. */
export function metronomeCost(row: MetronomeCostRow) {
  return {
    provider: 'METRONOME',
    basis: 'DAILY_USAGE',
    from: row.start_timestamp,
    to: row.end_timestamp,
    amounts: Object.values(row.credit_types).map(({ name, cost }) => ({ total: metronomeMoney(cost, name) })),
  };
}

/** What the next invoice of a subscription will come to. */
export function mapleCost(row: MapleSubscriptionRow, { total }: MapleNextInvoiceRow) {
  return {
    provider: 'MAPLE',
    basis: 'UPCOMING_INVOICE',
    from: null,
    to: utc(row.next_invoice_date),
    amounts: [{ total: mapleMoney(total.value_in_cents, total.currency) }],
  };
}

/** Milliseconds of a timestamp; later than every date where there is none. */
export function instant(timestamp: string | null | undefined): number {
  return timestamp === null || timestamp === undefined ? Number.POSITIVE_INFINITY : Date.parse(timestamp);
}

const MAPLE_STATUS: Readonly<Record<string, string>> = { PENDING: 'OPEN', PAYMENT_PROCESSING: 'PROCESSING' };
const MINOR_DIGITS: Readonly<Record<string, number>> = { JPY: 0, KWD: 3 };

function metronomeStatus(row: MetronomeInvoiceRow): string {
  if (row.status !== 'FINALIZED') return row.status;
  return row.external_invoice?.external_status === 'PAID' ? 'PAID' : 'OPEN';
}

function metronomeMoney(amount: number, unit: string): MoneyObject {
  if (unit === 'USD (cents)') return { amount: decimal(shifted(amount, 2), 2), currency: 'USD' };
  return unit === 'EUR'
    ? { amount: decimal(amount, 2), currency: unit }
    : { amount: decimal(amount, 0), currency: null };
}

function mapleMoney(minor: number, currency: string): MoneyObject {
  const digits = MINOR_DIGITS[currency] ?? 2;
  return { amount: decimal(shifted(minor, digits), digits), currency };
}

/** By a power of ten; a division would show the error of binary fractions. */
function shifted(value: number, digits: number): number {
  return Number(`${value}e-${digits}`);
}

/** With at least as many digits after the point. */
function decimal(value: number, digits: number): string {
  const text = String(value);
  const point = text.indexOf('.');
  return point !== -1 && text.length - point > digits ? text : value.toFixed(digits);
}

/** The same instant in UTC, with the fraction of a second as it was written. */
function utc(timestamp: string | null): string | null {
  if (timestamp === null || timestamp.endsWith('Z')) return timestamp;
  const fraction = /\.\d+/.exec(timestamp)?.[0] ?? '';
  return `${new Date(timestamp).toISOString().slice(0, 19)}${fraction}Z`;
}
