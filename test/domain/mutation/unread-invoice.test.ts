import { describe, expect, it } from 'vitest';
import { unreadInvoice } from '../../../src/domain/mutation/unread-invoice.ts';
import { UpstreamTimeoutError } from '../../../src/errors/upstream-error.ts';

const REF = { provider: 'METRONOME', customerId: 'customer-1', providerId: 'invoice-1' } as const;
const FAILURE = new UpstreamTimeoutError('METRONOME', 'The provider did not answer in time.');

describe('an invoice that could not be read', () => {
  it('says which one it is, and what was written', () => {
    expect(unreadInvoice(REF, 'VOID', FAILURE)).toMatchObject({
      provider: 'METRONOME',
      providerId: 'invoice-1',
      customerId: 'customer-1',
      customer: { provider: 'METRONOME', providerId: 'customer-1' },
      status: 'VOID',
      providerStatus: 'VOID',
      lineItems: { kind: 'unread' },
    });
  });

  it('has no word of the provider where the status is not known', () => {
    expect(unreadInvoice(REF, 'UNKNOWN', FAILURE)).toMatchObject({ status: 'UNKNOWN', providerStatus: '' });
  });

  it('has no total, but the failure', () => {
    const invoice = unreadInvoice(REF, 'VOID', FAILURE);
    expect(() => invoice.total).toThrow(FAILURE);
  });
});
