import { LosslessNumber } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { digitsOf } from '../../../src/json/json-number.ts';
import { readExactJson } from '../../../src/json/read-json.ts';
import { BodyMismatch, checkBody, type BodyValidator } from '../../../src/upstream/http/check-body.ts';
import { isMapleInvoice, isMapleInvoicePage } from '../../../src/upstream/maple/wire-validators.gen.js';
import {
  isMetronomeCostPage,
  isMetronomeCustomerPage,
  isMetronomeInvoicePage,
} from '../../../src/upstream/metronome/wire-validators.gen.js';

const unit = '{"id": "unit-1", "name": "USD (cents)"}';
const dollars = '{"currency": "USD", "value_in_cents": 1}';

/** A Metronome invoice as JSON text: whole, and with members replaced, added, or left out by an undefined. */
function invoiceText(changes: Record<string, string | undefined> = {}): string {
  const members: Record<string, string | undefined> = {
    id: '"invoice-1"',
    customer_id: '"customer-1"',
    status: '"DRAFT"',
    type: '"USAGE"',
    credit_type: unit,
    line_items: '[]',
    total: '0.1',
    ...changes,
  };
  const kept = Object.entries(members).filter(([, text]) => text !== undefined);
  return `{${kept.map(([name, text]) => `"${name}": ${text}`).join(', ')}}`;
}

function page(...invoices: string[]): string {
  return `{"data": [${invoices.join(', ')}], "next_page": null}`;
}

function mapleInvoice(members = ''): string {
  return `{"uuid": "u", "status": "PENDING", "currency": "USD", "customer_id": "c"${members}}`;
}

function mismatch(validator: BodyValidator<unknown>, text: string): BodyMismatch {
  try {
    checkBody(validator, readExactJson(text));
  } catch (error) {
    if (error instanceof BodyMismatch) return error;
    throw error;
  }
  throw new Error('the body was accepted');
}

describe('checkBody', () => {
  it('gives a fitting body back as it is', () => {
    const body = readExactJson(page(invoiceText()));
    expect(checkBody(isMetronomeInvoicePage, body)).toBe(body);
  });

  it('accepts fields and enumeration values that the reference does not name', () => {
    const external = '{"billing_provider_type": "a_new_one", "external_status": "NEW", "more": [1]}';
    const text = page(invoiceText({ status: '"LATER"', brand_new: '{"a": 1}', external_invoice: external }));
    expect(checkBody(isMetronomeInvoicePage, readExactJson(text)).data[0]?.status).toBe('LATER');
  });

  it('accepts null for a field that is not required', () => {
    const text = page(invoiceText({ plan_id: 'null', subtotal: 'null', external_invoice: 'null' }));
    expect(checkBody(isMetronomeInvoicePage, readExactJson(text)).data[0]?.subtotal).toBeNull();
  });

  it('refuses null for a required field unless the reference allows it', () => {
    expect(mismatch(isMetronomeInvoicePage, page(invoiceText({ total: 'null' }))).field).toBe(
      'data[0].total',
    );
    expect(checkBody(isMetronomeInvoicePage, readExactJson(page())).next_page).toBeNull();
  });

  it('names a missing required field', () => {
    const text = page(invoiceText(), invoiceText({ customer_id: undefined }));
    expect(mismatch(isMetronomeInvoicePage, text).field).toBe('data[1].customer_id');
  });

  it('names a missing field of the envelope', () => {
    expect(mismatch(isMetronomeInvoicePage, '{"data": []}').field).toBe('next_page');
  });

  it('names a value of the wrong type, however deep', () => {
    const wrong = invoiceText({ credit_type: '{"id": "unit-1", "name": 7}' });
    const text = page(invoiceText(), invoiceText(), invoiceText(), wrong);
    expect(mismatch(isMetronomeInvoicePage, text).field).toBe('data[3].credit_type.name');
  });

  it('names the place inside a field that may also be null', () => {
    const text = page(
      invoiceText({ external_invoice: '{"billing_provider_type": "x", "tax": {"transaction_id": 1}}' }),
    );
    expect(mismatch(isMetronomeInvoicePage, text).field).toBe('data[0].external_invoice.tax.transaction_id');
  });

  it('says that the whole body does not fit', () => {
    expect(mismatch(isMetronomeInvoicePage, '[]').message).toContain('the top of the body');
  });

  it('keeps every digit of a number', () => {
    const text = page(invoiceText({ total: '9007199254740993.10' }));
    const total = checkBody(isMetronomeInvoicePage, readExactJson(text)).data[0]?.total;
    expect(total).toBeInstanceOf(LosslessNumber);
    expect(digitsOf(total ?? 0)).toBe('9007199254740993.10');
  });

  it.each(['"12"', 'true', '{"isLosslessNumber": true, "value": "12"}', '[1]'])(
    'refuses %s where a number belongs',
    (total) => {
      expect(mismatch(isMetronomeInvoicePage, page(invoiceText({ total }))).field).toBe('data[0].total');
    },
  );

  it('refuses a number where an object without required fields belongs', () => {
    const text = `{"pagination": 5, "results": []}`;
    expect(mismatch(isMapleInvoicePage, text).field).toBe('pagination');
  });

  it('holds no value and no free key of the body in its message', () => {
    const cost = '{"secret-unit": {"cost": "secret-value"}}';
    const day = `{"start_timestamp": "a", "end_timestamp": "b", "credit_types": ${cost}}`;
    const error = mismatch(isMetronomeCostPage, `{"data": [${day}], "next_page": null}`);
    expect(error.field).toBe('data[0].credit_types.*.cost');
    expect(error.message).not.toContain('secret');
  });

  it('shows a free key with a slash as one step', () => {
    const customer =
      '{"id": "i", "external_id": "e", "ingest_aliases": [], "name": "n", "customer_config": ' +
      '{"salesforce_account_id": null}, "custom_fields": {"a/b~c": 1}, "created_at": "t", "updated_at": "t"}';
    const error = mismatch(isMetronomeCustomerPage, `{"data": [${customer}], "next_page": null}`);
    expect(error.field).toBe('data[0].custom_fields.*');
  });
});

describe('a Maple find answer', () => {
  it('may have null results', () => {
    const body = readExactJson('{"pagination": {"from_key": null, "limit": 20}, "results": null}');
    expect(checkBody(isMapleInvoicePage, body).results).toBeNull();
  });

  it.each([
    ['results', '{"pagination": {}}'],
    ['pagination', '{"results": []}'],
  ])('needs %s', (field, text) => {
    expect(mismatch(isMapleInvoicePage, text).field).toBe(field);
  });

  it('follows schemas that refer to each other', () => {
    const customer = `{"id": "c", "identifier": "i", "mrr": ${dollars.replace('1', '"1"')}}`;
    const text = `{"pagination": {}, "results": [${mapleInvoice(`, "total": ${dollars}, "customer": ${customer}`)}]}`;
    expect(mismatch(isMapleInvoicePage, text).field).toBe('results[0].customer.mrr.value_in_cents');
  });

  it('keeps the digits of an amount', () => {
    const text = mapleInvoice(', "total": {"currency": "JPY", "value_in_cents": 12345678901234567890}');
    expect(digitsOf(checkBody(isMapleInvoice, readExactJson(text)).total?.value_in_cents ?? 0)).toBe(
      '12345678901234567890',
    );
  });
});
