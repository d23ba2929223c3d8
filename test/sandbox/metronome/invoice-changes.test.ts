import Big from 'big.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decimalOf } from '../../../src/sandbox/http/json.ts';
import type { SandboxServer } from '../../../src/sandbox/http/sandbox-server.ts';
import { startMetronomeSandbox } from '../../../src/sandbox/metronome/start-metronome-sandbox.ts';
import {
  field,
  metronomeClient,
  rowsField,
  textField,
  type MetronomeClient,
  type Row,
} from './metronome-client.ts';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';

describe('invoice changes in the Metronome sandbox', () => {
  let server: SandboxServer;
  let client: MetronomeClient;
  let path: string;
  let chargeId: string;
  let customerPlanId: string;
  beforeEach(async () => {
    server = await startMetronomeSandbox({ companyCount: 12 });
    client = metronomeClient(server);
    const [showcase] = (await client.get('/v1/customers')).data;
    path = `/v1/customers/${textField(showcase, 'id')}`;
    const plans = await client.walk('/v1/plans');
    const services = plans.find((plan) => plan['name'] === 'Services catalogue');
    const [charge] = await client.walk(`/v1/planDetails/${textField(services, 'id')}/charges`);
    chargeId = textField(charge, 'id');
    customerPlanId = textField((await client.get(`${path}/plans`)).data[0], 'id');
  });
  afterEach(() => server.close());

  const listed = async (status: string): Promise<readonly Row[]> =>
    client.walk(`${path}/invoices`, { status });
  const invoice = async (id: string): Promise<unknown> =>
    field((await client.get(`${path}/invoices/${id}`)).body, 'data');
  const charge = (changes: Row = {}): Row => ({
    charge_id: chargeId,
    customer_plan_id: customerPlanId,
    description: 'On-site workshop',
    invoice_start_timestamp: '2026-06-01T00:00:00.000Z',
    price: 1234.565,
    quantity: 1.5,
    ...changes,
  });

  it('addCharge adds a line with one sub line item and raises the totals of the draft', async () => {
    const [before] = await listed('DRAFT');
    const answer = await client.post(`${path}/addCharge`, charge());
    expect([answer.status, answer.text]).toEqual([200, '{}']);
    const [after] = await listed('DRAFT');
    const lines = rowsField(after, 'line_items');
    expect(lines.slice(0, -1)).toEqual(rowsField(before, 'line_items'));
    expect(lines.at(-1)).toMatchObject({
      name: 'Professional services',
      total: 1851.8475,
      sub_line_items: [
        {
          name: 'On-site workshop',
          charge_id: chargeId,
          price: 1234.565,
          quantity: 1.5,
          subtotal: 1851.8475,
        },
      ],
    });
    for (const name of ['subtotal', 'total']) {
      const difference = (decimalOf(after?.[name]) ?? new Big(0)).minus(
        decimalOf(before?.[name]) ?? new Big(0),
      );
      expect(difference.toFixed()).toBe('1851.8475');
    }
    expect(await invoice(textField(after, 'id'))).toEqual(after);
  });

  it('addCharge keeps digits that floats lose', async () => {
    const rawBody = JSON.stringify(charge({ quantity: 1 })).replace('1234.565', '9007199254740993.01');
    const answer = await client.call('POST', `${path}/addCharge`, { rawBody });
    expect(answer.status).toBe(200);
    const { text } = await client.get(`${path}/invoices`, { status: 'DRAFT' });
    expect(text).toContain('"price":9007199254740993.01');
  });

  it('addCharge does not show in the daily costs', async () => {
    const query = { starting_on: '2026-06-01T00:00:00Z', ending_before: '2026-07-01T00:00:00Z' };
    const before = await client.walk(`${path}/costs`, query);
    await client.post(`${path}/addCharge`, charge());
    expect(await client.walk(`${path}/costs`, query)).toEqual(before);
  });

  it('addCharge answers 400 or 404 to what does not fit, and changes nothing', async () => {
    const before = await listed('DRAFT');
    const [onPlan] = rowsField(before[0], 'line_items').flatMap((line) => rowsField(line, 'sub_line_items'));
    const plans = await client.walk('/v1/plans');
    const tokens = plans.find((plan) => plan['name'] === 'Compute tokens');
    const [usageCharge] = await client.walk(`/v1/planDetails/${textField(tokens, 'id')}/charges`);
    const cases: readonly (readonly [Row, number])[] = [
      [{ charge_id: UNKNOWN }, 404],
      [{ customer_plan_id: UNKNOWN }, 404],
      [{ charge_id: onPlan?.['charge_id'] }, 400],
      [{ charge_id: usageCharge?.['id'] }, 400],
      [{ charge_id: 'x' }, 400],
      [{ invoice_start_timestamp: '2026-05-01T00:00:00Z' }, 400],
      [{ invoice_start_timestamp: '2026-06-02T00:00:00Z' }, 400],
      [{ price: '10' }, 400],
      [{ quantity: null }, 400],
      [{ description: undefined }, 400],
    ];
    for (const [changes, status] of cases) {
      expect([changes, (await client.post(`${path}/addCharge`, charge(changes))).status]).toEqual([
        changes,
        status,
      ]);
    }
    expect(await listed('DRAFT')).toEqual(before);
  });

  it('addCharge under one Idempotency-Key adds one line', async () => {
    const [before] = await listed('DRAFT');
    const key = { 'idempotency-key': 'workshop-1' };
    expect((await client.post(`${path}/addCharge`, charge(), key)).status).toBe(200);
    expect((await client.post(`${path}/addCharge`, charge(), key)).status).toBe(200);
    expect((await client.post(`${path}/addCharge`, charge({ quantity: 2 }), key)).status).toBe(409);
    const [after] = await listed('DRAFT');
    expect(rowsField(after, 'line_items')).toHaveLength(rowsField(before, 'line_items').length + 1);
  });

  it('void makes a finalized invoice VOID for good', async () => {
    const [finalized] = await listed('FINALIZED');
    const id = textField(finalized, 'id');
    expect((await client.post('/v1/invoices/void', { id })).body).toEqual({ data: { id } });
    expect(await invoice(id)).toEqual({ ...finalized, status: 'VOID' });
    expect((await listed('VOID')).map((row) => row['id'])).toContain(id);
    expect((await client.post('/v1/invoices/void', { id })).status).toBe(400);
  });

  it('void answers 400 for a draft and 404 for an unknown invoice', async () => {
    const [draft] = await listed('DRAFT');
    expect((await client.post('/v1/invoices/void', { id: draft?.['id'] })).status).toBe(400);
    expect((await client.post('/v1/invoices/void', { id: UNKNOWN })).status).toBe(404);
    expect((await client.post('/v1/invoices/void', { id: 'x' })).status).toBe(400);
  });

  it('regenerate makes one new invoice from a voided one', async () => {
    const [voided] = await listed('VOID');
    const count = (await client.walk(`${path}/invoices`)).length;
    const answer = await client.post('/v1/invoices/regenerate', { id: voided?.['id'] });
    const id = textField(field(answer.body, 'data'), 'id');
    expect(id).not.toBe(voided?.['id']);
    expect(await invoice(id)).toEqual({
      ...voided,
      id,
      status: 'FINALIZED',
      issued_at: '2026-06-15T12:00:00.000Z',
      external_invoice: null,
      regenerated_from_invoice_id: voided?.['id'],
    });
    expect(await invoice(textField(voided, 'id'))).toEqual(voided);
    expect(await client.walk(`${path}/invoices`)).toHaveLength(count + 1);
    expect((await client.post('/v1/invoices/regenerate', { id: voided?.['id'] })).status).toBe(400);
    expect((await client.post('/v1/invoices/void', { id })).status).toBe(200);
    expect((await client.post('/v1/invoices/regenerate', { id })).status).toBe(200);
  });

  it('regenerate answers 400 unless the invoice is voided, 404 when it is unknown', async () => {
    const [finalized] = await listed('FINALIZED');
    expect((await client.post('/v1/invoices/regenerate', { id: finalized?.['id'] })).status).toBe(400);
    expect((await client.post('/v1/invoices/regenerate', { id: UNKNOWN })).status).toBe(404);
  });
});
