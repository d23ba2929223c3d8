import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeNodeId } from '../../src/node-id.ts';
import type { SandboxFault } from '../../src/sandbox/http/sandbox-server.ts';
import { jsonFault } from '../support/json-fault.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

/** An invoice of a customer that the sandbox does not know, which embeds the customer in part. */
function invoiceWith(customer: Readonly<Record<string, unknown>>): SandboxFault {
  const total = { currency: 'USD', value_in_cents: 100 };
  return jsonFault({
    uuid: 'inv_1',
    status: 'PENDING',
    currency: 'USD',
    customer_id: 'cus_1',
    total,
    customer,
  });
}

/** The customer itself, with all that the invoice leaves out. */
const WHOLE = {
  id: 'cus_1',
  identifier: 'acct_embedded',
  name: 'Orchard Example',
  email: 'billing@example.com',
  status: 'ACTIVE',
  metadata: {},
};

describe('the account of a customer that an invoice embeds in part', () => {
  let gateway: TestGateway;
  let embedded: Readonly<Record<string, unknown>> = {};
  beforeAll(async () => {
    gateway = await startTestGateway({
      maple: {
        onRequest({ path }) {
          if (path.endsWith('/invoices/inv_1')) return invoiceWith(embedded);
          if (!path.endsWith('/customers/find')) return undefined;
          return jsonFault({ pagination: { from_key: null, limit: 100 }, results: [WHOLE] });
        },
      },
    });
  });
  afterAll(() => gateway.stop());

  const id = encodeNodeId('Invoice', 'MAPLE', 'cus_1', 'inv_1');

  it('is told by its identifier alone, without the name', async () => {
    embedded = { id: 'cus_1', identifier: 'acct_embedded' };
    const data = await gateway.data(`{ invoice(id: "${id}") { customer { account { identifier } } } }`);
    expect(data).toEqual({ invoice: { customer: { account: { identifier: 'acct_embedded' } } } });
  });

  it('reads what the invoice leaves out', async () => {
    embedded = { id: 'cus_1', identifier: 'acct_embedded', name: 'Orchard Example', metadata: {} };
    const query = `{ invoice(id: "${id}") { customer { account { customers { status email } } } } }`;
    expect(await gateway.data(query)).toEqual({
      invoice: { customer: { account: { customers: [{ status: 'ACTIVE', email: 'billing@example.com' }] } } },
    });
  });
});
