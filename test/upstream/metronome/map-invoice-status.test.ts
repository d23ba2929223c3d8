import { describe, expect, it } from 'vitest';
import { invoiceStatusOf, statusQueryOf } from '../../../src/upstream/metronome/map-invoice-status.ts';
import { wireInvoice } from './wire-builders.ts';

function statusOf(status: string, externalStatus?: string | null) {
  const external = { billing_provider_type: 'stripe', external_status: externalStatus ?? null };
  return invoiceStatusOf(
    wireInvoice({ status, external_invoice: externalStatus === undefined ? null : external }),
  );
}

describe('invoiceStatusOf', () => {
  it.each([
    ['DRAFT', undefined, 'DRAFT'],
    ['VOID', undefined, 'VOID'],
    ['VOID', 'PAID', 'VOID'],
    ['DRAFT', 'PAID', 'DRAFT'],
    ['FINALIZED', undefined, 'OPEN'],
    ['FINALIZED', null, 'OPEN'],
    ['FINALIZED', 'PAID', 'PAID'],
    ['finalized', 'paid', 'PAID'],
    ['FINALIZED', 'PARTIALLY_PAID', 'OPEN'],
    ['FINALIZED', 'UNCOLLECTIBLE', 'OPEN'],
    ['FINALIZED', 'A_NEW_WORD', 'OPEN'],
    ['draft', undefined, 'DRAFT'],
    ['PAID', undefined, 'UNKNOWN'],
    ['', undefined, 'UNKNOWN'],
  ])('reads %s with the external status %s as %s', (status, external, mapped) => {
    expect(statusOf(status, external)).toBe(mapped);
  });
});

describe('statusQueryOf', () => {
  it.each([
    [null, null],
    [['DRAFT'], 'DRAFT'],
    [['VOID'], 'VOID'],
    [['OPEN'], 'FINALIZED'],
    [['PAID'], 'FINALIZED'],
    [['PAID', 'OPEN'], 'FINALIZED'],
    [['PAID', 'OVERDUE'], 'FINALIZED'],
    [['DRAFT', 'OPEN'], null],
    [['DRAFT', 'VOID'], null],
    [['UNKNOWN'], null],
    [['UNKNOWN', 'VOID'], null],
  ] as const)('asks for %j with the status %s', (wanted, status) => {
    expect(statusQueryOf(wanted)).toEqual({ kind: 'ask', status });
  });

  it.each([[['PROCESSING']], [['PARTIALLY_PAID']], [['OVERDUE', 'PROCESSING']]] as const)(
    'asks nothing for %j, which Metronome cannot have',
    (wanted) => {
      expect(statusQueryOf(wanted)).toEqual({ kind: 'none' });
    },
  );
});
