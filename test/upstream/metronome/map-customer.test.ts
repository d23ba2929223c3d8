import { describe, expect, it } from 'vitest';
import { customerOf } from '../../../src/upstream/metronome/map-customer.ts';
import { wireCustomer } from './wire-builders.ts';

describe('customerOf', () => {
  it('gives every field of a customer', () => {
    expect(customerOf({ detail: wireCustomer(), fromArchive: false })).toEqual({
      provider: 'METRONOME',
      providerId: 'customer-1',
      name: 'Orchard Labs',
      email: null,
      identifiers: ['acct_1', 'acct/1 b'],
      status: 'ACTIVE',
      providerStatus: null,
      createdAt: '2025-01-02T03:04:05.678Z',
      updatedAt: '2025-02-02T00:00:00Z',
      customFields: { region: 'north' },
    });
  });

  it('drops empty ingest aliases, which identify nobody', () => {
    const detail = wireCustomer({ ingest_aliases: ['', 'acct_1'] });
    expect(customerOf({ detail, fromArchive: false }).identifiers).toEqual(['acct_1']);
  });

  it('calls a customer archived by its archive date', () => {
    const detail = wireCustomer({ archived_at: '2026-01-01T00:00:00Z' });
    expect(customerOf({ detail, fromArchive: false }).status).toBe('ARCHIVED');
    expect(customerOf({ detail: wireCustomer({ archived_at: null }), fromArchive: false }).status).toBe(
      'ACTIVE',
    );
  });

  it('calls a customer out of the archive archived without a date', () => {
    expect(customerOf({ detail: wireCustomer(), fromArchive: true }).status).toBe('ARCHIVED');
  });

  it.each(['created_at', 'updated_at'] as const)('names %s when it is no timestamp', (member) => {
    const detail = wireCustomer({ [member]: 'yesterday' });
    expect(() => customerOf({ detail, fromArchive: false })).toThrow(`customer.${member}`);
  });
});
