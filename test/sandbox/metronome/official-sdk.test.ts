import { AuthenticationError, ConflictError, Metronome, NotFoundError } from '@metronome/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxServer } from '../../../src/sandbox/http/sandbox-server.ts';
import { startMetronomeSandbox } from '../../../src/sandbox/metronome/start-metronome-sandbox.ts';

describe('the official SDK against the Metronome sandbox', () => {
  let server: SandboxServer;
  let sdk: Metronome;
  beforeAll(async () => {
    server = await startMetronomeSandbox({ companyCount: 60 });
    sdk = new Metronome({ baseURL: server.url, bearerToken: server.token, maxRetries: 0 });
  });
  afterAll(() => server.close());

  const collect = async <T>(rows: AsyncIterable<T>): Promise<readonly T[]> => {
    const all: T[] = [];
    for await (const row of rows) all.push(row);
    return all;
  };
  const first = <T>(rows: readonly T[]): T => {
    const [row] = rows;
    if (row === undefined) throw new Error('Nothing came');
    return row;
  };
  const showcase = async () => first((await sdk.v1.customers.list({ ingest_alias: 'acct_1001' })).data);

  it('pages through all customers and retrieves each', async () => {
    server.requests.length = 0;
    const customers = await collect(sdk.v1.customers.list({ limit: 7 }));
    expect(server.requests).toHaveLength(Math.ceil(customers.length / 7));
    expect(new Set(customers.map((customer) => customer.id)).size).toBe(customers.length);
    const one = await sdk.v1.customers.retrieve({ customer_id: first(customers).id });
    expect(one.data).toEqual(first(customers));
    const some = customers.slice(0, 5).map((customer) => customer.id);
    expect((await sdk.v1.customers.list({ customer_ids: some })).data.map((customer) => customer.id)).toEqual(
      some,
    );
  });

  it('reads plans, their details, charges and customers', async () => {
    const plans = await collect(sdk.v1.plans.list({ limit: 2 }));
    const plan = first(plans);
    expect((await sdk.v1.plans.getDetails({ plan_id: plan.id })).data.name).toBe(plan.name);
    const charges = await collect(sdk.v1.plans.listCharges({ plan_id: plan.id, limit: 3 }));
    expect(new Set(charges.map((charge) => charge.charge_type)).size).toBe(5);
    const onPlan = await collect(sdk.v1.plans.listCustomers({ plan_id: plan.id, status: 'all' }));
    expect(onPlan.map((row) => row.customer_details.name)).toContain('Orchard Labs');
  });

  it('reads customer plans, costs, pricing units and invoices', async () => {
    const { id } = await showcase();
    const plans = await collect(sdk.v1.customers.plans.list({ customer_id: id }));
    expect(plans.map((plan) => plan.plan_name)).toEqual(['Enterprise', 'Starter']);
    const window = { starting_on: '2026-06-01T00:00:00Z', ending_before: '2026-06-16T00:00:00Z' };
    expect(await collect(sdk.v1.customers.listCosts({ customer_id: id, ...window, limit: 4 }))).toHaveLength(
      15,
    );
    expect(await collect(sdk.v1.pricingUnits.list({ limit: 2 }))).toHaveLength(5);
    const invoices = await collect(
      sdk.v1.customers.invoices.list({ customer_id: id, sort: 'date_desc', limit: 5 }),
    );
    expect(invoices).toHaveLength(12);
    const invoice = first(invoices);
    const single = await sdk.v1.customers.invoices.retrieve({ customer_id: id, invoice_id: invoice.id });
    expect(single.data).toEqual(invoice);
  });

  it('creates and archives a customer', async () => {
    const created = await sdk.v1.customers.create({ name: 'Made by the SDK', ingest_aliases: ['sdk-1'] });
    const archived = await sdk.v1.customers.archive({ id: created.data.id });
    expect(archived.data.id).toBe(created.data.id);
    expect((await sdk.v1.customers.list({ ingest_alias: 'sdk-1' })).data).toEqual([]);
    expect((await sdk.v1.customers.list({ ingest_alias: 'sdk-1', only_archived: true })).data).toHaveLength(
      1,
    );
  });

  it('adds a charge, voids and regenerates an invoice', async () => {
    const { id } = await showcase();
    const services = (await collect(sdk.v1.plans.list())).find((plan) => plan.name === 'Services catalogue');
    const charges = await collect(sdk.v1.plans.listCharges({ plan_id: services?.id ?? '' }));
    const customerPlan = first((await sdk.v1.customers.plans.list({ customer_id: id })).data);
    const before = first((await sdk.v1.customers.invoices.list({ customer_id: id, status: 'DRAFT' })).data);
    await sdk.v1.customers.invoices.addCharge({
      customer_id: id,
      charge_id: first(charges).id,
      customer_plan_id: customerPlan.id,
      description: 'Extra day',
      invoice_start_timestamp: before.start_timestamp ?? '',
      price: 2500,
      quantity: 2,
    });
    const after = await sdk.v1.customers.invoices.retrieve({ customer_id: id, invoice_id: before.id });
    expect(after.data.line_items).toHaveLength(before.line_items.length + 1);

    const finalized = first(
      (await sdk.v1.customers.invoices.list({ customer_id: id, status: 'FINALIZED' })).data,
    );
    const voided = await sdk.v1.invoices.void({ id: finalized.id });
    expect(voided.data?.id).toBe(finalized.id);
    const regenerated = await sdk.v1.invoices.regenerate({ id: finalized.id });
    const replacement = await sdk.v1.customers.invoices.retrieve({
      customer_id: id,
      invoice_id: regenerated.data?.id ?? '',
    });
    expect(replacement.data.regenerated_from_invoice_id).toBe(finalized.id);
  });

  it('sees errors as its own error classes', async () => {
    const unknown = { customer_id: '00000000-0000-4000-8000-000000000000' };
    await expect(sdk.v1.customers.retrieve(unknown)).rejects.toBeInstanceOf(NotFoundError);
    const taken = sdk.v1.customers.create({ name: 'Copy', ingest_aliases: ['acct_1001'] });
    await expect(taken).rejects.toBeInstanceOf(ConflictError);
    const stranger = new Metronome({ baseURL: server.url, bearerToken: 'wrong', maxRetries: 0 });
    await expect(stranger.v1.plans.list()).rejects.toBeInstanceOf(AuthenticationError);
  });
});
