import { encodeNodeId } from '../../src/node-id.ts';
import { pick, pickList, pickText } from './pick.ts';
import { callMaple } from './sandbox-call.ts';
import { ADD_ONE_TIME_CHARGE, VOID_INVOICE } from './write-operations.ts';
import { DESCRIPTION, OTHER_DESCRIPTION, type Sandboxes, type WriteSubject } from './write-subject.ts';

/** A charge for the next invoice of the showcase customer. */
export const addMapleCharge: WriteSubject = {
  title: 'addOneTimeCharge on Maple',
  provider: 'MAPLE',
  async prepare({ sandbox }) {
    const customer = await mapleShowcase(sandbox);
    const customerId = pickText(customer, 'id');
    const item = { quantity: '2' };
    const customPrice = { productId: 'prod_services', unitPrice: { amount: '12.50', currency: 'USD' } };
    return {
      query: ADD_ONE_TIME_CHARGE,
      variables: (idempotencyKey, changed = false) => ({
        input: {
          idempotencyKey,
          customerId: encodeNodeId('Customer', 'MAPLE', customerId),
          charge: {
            maple: {
              timing: 'NEXT',
              items: [
                {
                  ...item,
                  customPrice: { ...customPrice, description: changed ? OTHER_DESCRIPTION : DESCRIPTION },
                },
              ],
            },
          },
        },
      }),
      async effects() {
        const query = { customer_id: customerId };
        return (await mapleRows(sandbox, '/one_times', query)).filter(
          (row) => pick(row, 'name') === DESCRIPTION,
        ).length;
      },
      success: {
        __typename: 'AddOneTimeChargeSuccess',
        charges: [{ name: DESCRIPTION, quantity: '2', unitPrice: { amount: '12.50', currency: 'USD' } }],
        customer: { providerId: customerId, name: pickText(customer, 'name') },
      },
    };
  },
};

/** An invoice of the showcase customer that waits for its money. */
export const voidMapleInvoice: WriteSubject = {
  title: 'voidInvoice on Maple',
  provider: 'MAPLE',
  async prepare({ sandbox }) {
    const customerId = pickText(await mapleShowcase(sandbox), 'id');
    const open = (await mapleRows(sandbox, '/invoices', { customer_id: customerId })).filter((row) =>
      ['PENDING', 'OVERDUE'].includes(pickText(row, 'status')),
    );
    const [id = '', otherId = ''] = open.map((row) => pickText(row, 'uuid'));
    return {
      query: VOID_INVOICE,
      variables: (idempotencyKey, changed = false) => ({
        input: {
          idempotencyKey,
          invoiceId: encodeNodeId('Invoice', 'MAPLE', customerId, changed ? otherId : id),
        },
      }),
      effects: async () =>
        Number(pick(await callMaple(sandbox, 'GET', `/invoices/${id}`), 'status') === 'VOID'),
      success: { __typename: 'VoidInvoiceSuccess', invoice: { providerId: id, status: 'VOID' } },
    };
  },
};

async function mapleShowcase(sandbox: Sandboxes): Promise<unknown> {
  const [customer] = await mapleRows(sandbox, '/customers', { identifier: 'acct_1001' });
  return customer;
}

async function mapleRows(sandbox: Sandboxes, path: string, query: object): Promise<readonly unknown[]> {
  const body = { query, sort_key: 'createdAtDesc', pagination: { limit: 100 } };
  return pickList(await callMaple(sandbox, 'POST', `${path}/find`, body), 'results');
}
