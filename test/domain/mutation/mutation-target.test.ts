import { describe, expect, it } from 'vitest';
import { customerTarget, invoiceTarget } from '../../../src/domain/mutation/mutation-target.ts';
import { encodeNodeId } from '../../../src/node-id.ts';

const CUSTOMER = encodeNodeId('Customer', 'MAPLE', 'cus_1');
const INVOICE = encodeNodeId('Invoice', 'METRONOME', 'customer-1', 'invoice-1');

describe('the target of a mutation', () => {
  it('is the customer or the invoice that a global id names', () => {
    expect(customerTarget(CUSTOMER)).toEqual({ provider: 'MAPLE', providerId: 'cus_1' });
    expect(invoiceTarget(INVOICE)).toEqual({
      provider: 'METRONOME',
      customerId: 'customer-1',
      providerId: 'invoice-1',
    });
  });

  it.each([
    ['empty', ''],
    ['no global id', 'cus_1'],
    ['of another type', INVOICE],
    ['cut off', CUSTOMER.slice(0, -4)],
  ])('is no customer where the id is %s', (_, id) => {
    expect(customerTarget(id)).toMatchObject({
      type: 'InvalidInputError',
      code: 'BAD_USER_INPUT',
      field: 'customerId',
    });
  });

  it.each([
    ['empty', ''],
    ['no global id', 'invoice-1'],
    ['of another type', CUSTOMER],
    ['without the customer', encodeNodeId('Invoice', 'METRONOME', 'invoice-1')],
  ])('is no invoice where the id is %s', (_, id) => {
    expect(invoiceTarget(id)).toMatchObject({
      type: 'InvalidInputError',
      code: 'BAD_USER_INPUT',
      field: 'invoiceId',
    });
  });
});
