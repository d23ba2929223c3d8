import { describe, expect, it } from 'vitest';
import { readJson } from '../../../src/json/read-json.ts';
import { checkBody } from '../../../src/upstream/http/check-body.ts';
import { customerFrom } from '../../../src/upstream/maple/map-customer.ts';
import { isMapleCustomer } from '../../../src/upstream/maple/wire-validators.gen.js';
import { customerRow } from './wire-rows.ts';

describe('customerFrom', () => {
  it.each([
    [{ name: 'Name', display_name: 'Display', org_name: 'Org' }, 'Name'],
    [{ name: '', display_name: 'Display', org_name: 'Org' }, 'Display'],
    [{ name: null, org_name: 'Org' }, 'Org'],
    [{}, 'acct_1'],
  ])('is named by the first name there is: %j', (members, name) => {
    expect(customerFrom(customerRow(members)).name).toBe(name);
  });

  it.each([
    ['ACTIVE', 'ACTIVE', 'ACTIVE'],
    ['ARCHIVED', 'ARCHIVED', 'ARCHIVED'],
    ['SLEEPING', 'UNKNOWN', 'SLEEPING'],
    [undefined, 'UNKNOWN', null],
  ])('takes the status %s for %s and keeps the word', (word, status, providerStatus) => {
    expect(customerFrom(customerRow(word === undefined ? {} : { status: word }))).toMatchObject({
      status,
      providerStatus,
    });
  });

  it('has its identifier as the only one', () => {
    expect(customerFrom(customerRow({ identifier: 'legacy/1' })).identifiers).toEqual(['legacy/1']);
    expect(customerFrom(customerRow({ identifier: '' })).identifiers).toEqual([]);
  });

  it('gives dates in UTC and null for those that are absent', () => {
    expect(customerFrom(customerRow({ created_at: '2026-01-31T20:00:00.123-04:00' }))).toMatchObject({
      createdAt: '2026-02-01T00:00:00.123Z',
      updatedAt: null,
      email: null,
    });
  });

  it('names a date that is none', () => {
    expect(() => customerFrom(customerRow({ created_at: 'yesterday' }))).toThrow('customer.created_at');
  });

  it('keeps every digit of metadata', () => {
    const text = '{"id":"c","identifier":"i","metadata":{"big":9007199254740993,"small":1e-7,"list":[0.10]}}';
    const { customFields } = customerFrom(checkBody(isMapleCustomer, readJson(text)));
    expect(JSON.stringify(customFields)).toBe('{"big":9007199254740993,"small":1e-7,"list":[0.10]}');
    expect(customerFrom(customerRow()).customFields).toEqual({});
  });
});
