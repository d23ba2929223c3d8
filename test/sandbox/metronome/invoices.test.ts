import Big from 'big.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxServer } from '../../../src/sandbox/http/sandbox-server.ts';
import { decimalOf } from '../../../src/sandbox/http/json.ts';
import { startMetronomeSandbox } from '../../../src/sandbox/metronome/start-metronome-sandbox.ts';
import {
  field,
  metronomeClient,
  rowsField,
  textField,
  type MetronomeClient,
  type Row,
} from './metronome-client.ts';

const USD_CENTS = '2714e483-4ff1-48e4-9e25-ac732e8f24f2';

describe('invoices of the Metronome sandbox', () => {
  let server: SandboxServer;
  let client: MetronomeClient;
  let customers: readonly Row[];
  let invoices: readonly Row[];
  beforeAll(async () => {
    server = await startMetronomeSandbox({ companyCount: 150 });
    client = metronomeClient(server);
    customers = await client.walk('/v1/customers', { limit: '100' });
    const lists = await Promise.all(
      customers.map((customer) => client.walk(invoicePath(customer), { sort: 'date_desc', limit: '100' })),
    );
    invoices = lists.flat();
  });
  afterAll(() => server.close());

  const invoicePath = (customer: Row | undefined): string =>
    `/v1/customers/${textField(customer, 'id')}/invoices`;
  const amount = (value: unknown, name: string): Big => {
    const decimal = decimalOf(field(value, name));
    if (decimal === undefined) throw new Error(`${name} is no number`);
    return decimal;
  };
  const total = (rows: readonly Row[], name: string): string =>
    rows.reduce((sum, row) => sum.plus(amount(row, name)), new Big(0)).toFixed();
  const exact = (value: unknown, name: string): string => amount(value, name).toFixed();

  it('add up exactly from tiers to total', () => {
    let tieredCount = 0;
    for (const invoice of invoices) {
      const lines = rowsField(invoice, 'line_items');
      for (const line of lines) {
        expect(total(rowsField(line, 'sub_line_items'), 'subtotal')).toBe(exact(line, 'total'));
        for (const subLine of rowsField(line, 'sub_line_items')) {
          const price = subLine['price'] === undefined ? undefined : amount(subLine, 'price');
          const computed = price?.times(amount(subLine, 'quantity')).toFixed() ?? exact(subLine, 'subtotal');
          expect(computed).toBe(exact(subLine, 'subtotal'));
          if (subLine['tiers'] === undefined) continue;
          tieredCount += 1;
          const tiers = rowsField(subLine, 'tiers');
          expect(total(tiers, 'subtotal')).toBe(exact(subLine, 'subtotal'));
          expect(total(tiers, 'quantity')).toBe(exact(subLine, 'quantity'));
        }
      }
      expect(total(lines, 'total')).toBe(exact(invoice, 'subtotal'));
      const adjusted = amount(invoice, 'subtotal').plus(
        total(rowsField(invoice, 'invoice_adjustments'), 'total'),
      );
      expect(adjusted.toFixed()).toBe(exact(invoice, 'total'));
    }
    expect(tieredCount).toBeGreaterThan(100);
  });

  it('have the showcase customer in twelve months: a draft, then issued two days after each period', async () => {
    const showcase = await client.walk(invoicePath(customers[0]), { sort: 'date_desc' });
    expect(showcase).toHaveLength(12);
    expect(showcase[0]).toMatchObject({ status: 'DRAFT', start_timestamp: '2026-06-01T00:00:00Z' });
    expect(showcase[0]).not.toHaveProperty('issued_at');
    expect(showcase[1]).toMatchObject({
      status: 'FINALIZED',
      end_timestamp: '2026-06-01T00:00:00Z',
      issued_at: '2026-06-03T00:00:00.000Z',
    });
    expect(new Set(showcase.map((invoice) => invoice['status']))).toEqual(
      new Set(['DRAFT', 'FINALIZED', 'VOID']),
    );
    expect(showcase.at(-1)).toMatchObject({ start_timestamp: '2025-07-01T00:00:00Z' });
  });

  it('cover every status, provider status, unit and size', () => {
    const statuses = invoices.map((invoice) => field(invoice['external_invoice'], 'external_status'));
    for (const status of ['PAID', 'PARTIALLY_PAID', 'SENT', 'VOID', undefined])
      expect(statuses).toContain(status);
    const finalized = invoices.filter((invoice) => invoice['status'] === 'FINALIZED');
    expect(finalized.some((invoice) => invoice['external_invoice'] === null)).toBe(true);
    expect(new Set(invoices.map((invoice) => field(invoice['credit_type'], 'name')))).toEqual(
      new Set(['USD (cents)', 'EUR', 'compute tokens']),
    );
    expect(invoices.some((invoice) => amount(invoice, 'total').eq(0))).toBe(true);
    expect(invoices.every((invoice) => amount(invoice, 'total').gte(0))).toBe(true);
  });

  it('cover adjustments, groups, tiers, seats and one-time charges', async () => {
    const adjustments = invoices.flatMap((invoice) => rowsField(invoice, 'invoice_adjustments'));
    expect(adjustments.some((one) => amount(one, 'total').eq('-0.005'))).toBe(true);
    expect(adjustments.some((one) => field(one['credit_grant_custom_fields'], 'campaign') === 'launch')).toBe(
      true,
    );
    expect(
      adjustments.some((one) => String(one['name']).includes('floor') && amount(one, 'total').gt(0)),
    ).toBe(true);
    const lines = invoices.flatMap((invoice) => rowsField(invoice, 'line_items'));
    expect(lines.some((line) => line['group_key'] === 'region' && line['group_value'] === null)).toBe(true);
    const subLines = lines.flatMap((line) => rowsField(line, 'sub_line_items'));
    expect(subLines.some((subLine) => rowsIfAny(subLine, 'tiers') > 1)).toBe(true);
    expect(subLines.some((subLine) => field(subLine, 'start_date') === '2026-06-16T00:00:00Z')).toBe(true);

    const [draft] = (await client.get(invoicePath(customers[0]), { status: 'DRAFT' })).data;
    const plan = await client.walk(`/v1/planDetails/${textField(draft, 'plan_id')}/charges`);
    const planCharges = new Set(plan.map((charge) => charge['id']));
    const oneTime = rowsField(draft, 'line_items')
      .flatMap((line) => rowsField(line, 'sub_line_items'))
      .filter((subLine) => !planCharges.has(subLine['charge_id']));
    expect(oneTime).toHaveLength(1);
  });

  const rowsIfAny = (value: Row, name: string): number =>
    value[name] === undefined ? 0 : rowsField(value, name).length;

  it('take the later price of a ramp from its period on', async () => {
    const showcase = await client.walk(invoicePath(customers[0]), { sort: 'date_asc' });
    const fees = showcase
      .flatMap((invoice) => rowsField(invoice, 'line_items'))
      .flatMap((line) => rowsField(line, 'sub_line_items'))
      .filter((subLine) => subLine['name'] === 'Platform fee')
      .map((subLine) => subLine['price']);
    expect(fees).toEqual([50000, 50000, 50000, ...Array<number>(8).fill(75000)]);
  });

  it('count tiers on through a window of three periods', async () => {
    const showcase = await client.walk(invoicePath(customers[0]), { sort: 'date_asc' });
    const calls = showcase
      .filter((invoice) => invoice['plan_name'] === 'Enterprise')
      .flatMap((invoice) => rowsField(invoice, 'line_items'))
      .flatMap((line) => rowsField(line, 'sub_line_items'))
      .filter((subLine) => subLine['name'] === 'API calls')
      .slice(0, 3);
    const windows = calls.map((subLine) => field(subLine['tier_period'], 'starting_at'));
    expect(windows).toEqual(Array(3).fill('2025-08-01T00:00:00Z'));
    const firstTier = calls
      .flatMap((subLine) => rowsField(subLine, 'tiers'))
      .filter((tier) => tier['starting_at'] === 0);
    expect(total(firstTier, 'quantity')).toBe('2000');
  });

  it('write digits that floats lose', async () => {
    const texts = await Promise.all(
      customers.slice(0, 10).map(async (one) => (await client.get(invoicePath(one))).text),
    );
    const text = texts.join();
    for (const digits of [
      '"quantity":9007199254740993,',
      '"subtotal":418.755,',
      '"total":-0.005,',
      '"price":1e-7',
    ]) {
      expect(text).toContain(digits);
    }
    expect(text).toContain(':123.45');
  });

  it('come by issue date, drafts as the latest, both ways and with every page size', async () => {
    const path = invoicePath(customers[0]);
    const descending = await client.walk(path, { sort: 'date_desc', limit: '100' });
    const issued = descending.map((invoice) =>
      invoice['issued_at'] === undefined ? '9999' : textField(invoice, 'issued_at'),
    );
    expect(issued).toEqual(issued.toSorted().toReversed());
    expect(await client.walk(path, { sort: 'date_asc' })).toEqual(descending.toReversed());
    expect(await client.walk(path)).toEqual(descending.toReversed());
    for (let size = 1; size <= 13; size += 1) {
      expect(await client.walk(path, { sort: 'date_desc', limit: String(size) })).toEqual(descending);
    }
  });

  it('are filtered by status, unit, type and contract', async () => {
    const path = invoicePath(customers[0]);
    const all = await client.walk(path);
    for (const status of ['DRAFT', 'FINALIZED', 'VOID']) {
      const expected = all.filter((invoice) => invoice['status'] === status);
      expect(expected.length).toBeGreaterThan(0);
      expect(await client.walk(path, { status })).toEqual(expected);
    }
    expect(await client.walk(path, { credit_type_id: USD_CENTS })).toEqual(all);
    expect(await client.walk(path, { credit_type_id: textField(all[0], 'id') })).toEqual([]);
    expect(await client.walk(path, { type: 'USAGE' })).toEqual([]);
    expect(await client.walk(invoicePath(customers[6]), { type: 'USAGE' })).not.toEqual([]);
    expect(await client.walk(path, { contract_id: textField(all[0], 'id') })).toEqual([]);
  });

  it('are filtered by periods that start at or after and end before', async () => {
    const path = invoicePath(customers[0]);
    const starts = async (query: Readonly<Record<string, string>>) =>
      (await client.walk(path, query)).map((invoice) => textField(invoice, 'start_timestamp').slice(0, 7));
    expect(await starts({ starting_on: '2026-05-01T00:00:00Z' })).toEqual(['2026-05', '2026-06']);
    expect(await starts({ starting_on: '2026-05-01T00:00:00.001Z' })).toEqual(['2026-06']);
    expect(await starts({ starting_on: '2026-05-01T02:00:00+02:00' })).toEqual(['2026-05', '2026-06']);
    expect(await starts({ ending_before: '2025-09-01T00:00:00Z' })).toEqual(['2025-07']);
    expect(await starts({ ending_before: '2025-09-01T00:00:00.001Z' })).toEqual(['2025-07', '2025-08']);
    const window = { starting_on: '2025-10-01T00:00:00Z', ending_before: '2025-12-01T12:00:00Z' };
    expect(await starts(window)).toEqual(['2025-10', '2025-11']);
  });

  it('refuse unknown words and malformed timestamps', async () => {
    const wrong = [
      { status: 'PAID' },
      { type: 'PLAN_ARREARS' },
      { sort: 'newest' },
      { starting_on: '2026-05-01' },
      { ending_before: '2026-02-30T00:00:00Z' },
      { skip_zero_qty_line_items: '1' },
    ];
    for (const query of wrong) {
      const answer = await client.call('GET', invoicePath(customers[0]), { query: { ...query } });
      expect([query, answer.status]).toEqual([query, 400]);
    }
  });

  it('leave out lines without quantity when asked to', async () => {
    const [draft] = (await client.get(invoicePath(customers[0]), { status: 'DRAFT' })).data;
    const path = `${invoicePath(customers[0])}/${textField(draft, 'id')}`;
    const names = (answer: unknown) =>
      rowsField(field(answer, 'data'), 'line_items').map((line) => line['name']);
    const skipped = { skip_zero_qty_line_items: 'true' };
    const all = names((await client.get(path)).body);
    expect(all).toContain('Static addresses');
    expect(names((await client.get(path, skipped)).body)).toEqual(
      all.filter((name) => name !== 'Static addresses'),
    );
    const [listed] = (await client.get(invoicePath(customers[0]), { status: 'DRAFT', ...skipped })).data;
    expect(rowsField(listed, 'line_items')).toHaveLength(all.length - 1);
  });

  it('are found under their own customer alone', async () => {
    const [invoice] = (await client.get(invoicePath(customers[0]))).data;
    expect((await client.get(`${invoicePath(customers[1])}/${textField(invoice, 'id')}`)).status).toBe(404);
  });

  it('are still drafts within two days of their period', async () => {
    const early = await startMetronomeSandbox({ companyCount: 1, now: new Date('2026-06-02T12:00:00Z') });
    try {
      const fresh = metronomeClient(early);
      const [customer] = (await fresh.get('/v1/customers')).data;
      const drafts = (await fresh.get(invoicePath(customer), { status: 'DRAFT' })).data;
      expect(drafts.map((draft) => draft['start_timestamp'])).toEqual([
        '2026-05-01T00:00:00Z',
        '2026-06-01T00:00:00Z',
      ]);
    } finally {
      await early.close();
    }
  });
});
