import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMapleSandbox, type MapleSandbox } from '../../../src/sandbox/maple/start-maple-sandbox.ts';
import { mapleClient, minorOf, objectOf, textOf, type MapleClient, type Row } from './maple-client.ts';

describe('upcoming invoices of the Maple sandbox', () => {
  let server: MapleSandbox;
  let client: MapleClient;
  let showcase: Row;
  let subscription: Row;
  beforeAll(async () => {
    server = await startMapleSandbox({ companyCount: 20 });
    client = mapleClient(server);
    showcase = await client.customer('acct_1001');
    subscription = await showcaseSubscription('ACTIVE');
  });
  afterAll(() => server.close());

  const showcaseSubscription = async (status: string): Promise<Row> => {
    const [first] = await client.walk('subscriptions', { query: { customer_id: showcase['id'], status } });
    return objectOf(first);
  };
  const request = (changes: Row = {}): Row => ({
    currency: 'USD',
    customer_id: showcase['id'],
    subscription_id: subscription['id'],
    ...changes,
  });
  const total = async (changes?: Row): Promise<number> => {
    const answer = await client.post('/invoices/next', request(changes));
    expect(answer.status).toBe(200);
    return minorOf(objectOf(answer.body), 'total');
  };
  const addCharge = (type: string, value_in_cents: number, currency = 'USD') =>
    client.post('/one_times', {
      customer_id: showcase['id'],
      type,
      onetime_items: [
        { aggregate: 2, custom_price: { amount: { currency, value_in_cents }, product_id: 'prod_services' } },
      ],
    });

  it('are shaped like invoices, dated on the next billing day, and not kept', async () => {
    const before = (await client.walk('invoices')).length;
    const { body } = await client.post('/invoices/next', request());
    expect(body).toMatchObject({
      status: 'DRAFT',
      currency: 'USD',
      customer_id: showcase['id'],
      subscription_id: subscription['id'],
    });
    const next = objectOf(body);
    expect(Date.parse(textOf(next, 'invoice_date'))).toBe(
      Date.parse(textOf(subscription, 'next_invoice_date')),
    );
    expect(minorOf(next, 'total')).toBeGreaterThan(minorOf(subscription, 'mrr'));
    expect((await client.get(`/invoices/${textOf(next, 'uuid')}`)).status).toBe(404);
    expect((await client.walk('invoices')).length).toBe(before);
  });

  it('count pending charges for the next invoice once, on the subscription that bills first', async () => {
    const trial = await showcaseSubscription('TRIALING');
    const [before, trialBefore] = [await total(), await total({ subscription_id: trial['id'] })];
    expect((await addCharge('NEXT', 1_234)).status).toBe(201);
    expect(await total()).toBe(before + 2_468);
    expect(await total({ subscription_id: trial['id'] })).toBe(trialBefore);
  });

  it('do not count charges that were invoiced at once or are in another currency', async () => {
    const before = await total();
    await addCharge('IMMEDIATE', 5_000);
    await addCharge('NEXT', 5_000, 'JPY');
    expect(await total()).toBe(before);
  });

  it('hold the pending charges alone when no subscription is named', async () => {
    await addCharge('NEXT', 777, 'KWD');
    const { body } = await client.post('/invoices/next', request({ currency: 'KWD', subscription_id: null }));
    expect(body).toMatchObject({
      subscription_id: null,
      currency: 'KWD',
      total: { currency: 'KWD', value_in_cents: 1_554 },
    });
  });

  it('follow the subscription: recurring price times months, plus usage', async () => {
    const customer = await client.customer('acct_1005');
    const [enterprise] = await client.walk('subscriptions', {
      query: { customer_id: customer['id'], status: 'ACTIVE' },
    });
    const yearly = await total({ customer_id: customer['id'], subscription_id: objectOf(enterprise)['id'] });
    expect(yearly).toBeGreaterThanOrEqual(minorOf(objectOf(enterprise), 'mrr') * 12);
  });

  it.each(['currency', 'customer_id', 'subscription_id'])('need %s', async (member) => {
    const { [member]: _, ...rest } = request();
    const answer = await client.post('/invoices/next', rest);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      error_type: 'validation_error',
      validation_errors: [{ field: member }],
    });
  });

  it.each([{ customer_id: 'cus_none' }, { subscription_id: 'subs_none' }])(
    'are 404 for %j',
    async (changes) => {
      const answer = await client.call('POST', '/invoices/next', {
        body: request(changes),
        isDocumented: false,
      });
      expect(answer.status).toBe(404);
      expect(answer.body).toMatchObject({ error_type: 'request_error', error_status: 404 });
    },
  );

  it("are 404 for another customer's subscription", async () => {
    const other = await client.customer('acct_1002');
    const body = request({ customer_id: other['id'] });
    expect((await client.call('POST', '/invoices/next', { body, isDocumented: false })).status).toBe(404);
  });

  it('are refused in another currency, and where nothing is upcoming', async () => {
    expect((await client.post('/invoices/next', request({ currency: 'EUR' }))).status).toBe(400);
    const cancelled = await showcaseSubscription('CANCELLED');
    expect((await client.post('/invoices/next', request({ subscription_id: cancelled['id'] }))).status).toBe(
      400,
    );
  });

  it('are not previewed under a change or a cancellation', async () => {
    const answer = await client.post('/invoices/next', request({ cancel_config: {} }));
    expect(answer.body).toMatchObject({ validation_errors: [{ field: 'cancel_config' }] });
  });
});
