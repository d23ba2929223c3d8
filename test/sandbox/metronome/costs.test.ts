import Big from 'big.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

const USD_CENTS = '2714e483-4ff1-48e4-9e25-ac732e8f24f2';

describe('daily costs of the Metronome sandbox', () => {
  let server: SandboxServer;
  let client: MetronomeClient;
  let customers: readonly Row[];
  beforeAll(async () => {
    server = await startMetronomeSandbox({ companyCount: 40 });
    client = metronomeClient(server);
    customers = await client.walk('/v1/customers', { limit: '100' });
  });
  afterAll(() => server.close());

  const costs = (customer: Row | undefined, startingOn: string, endingBefore: string, limit = '100') =>
    client.walk(`/v1/customers/${textField(customer, 'id')}/costs`, {
      starting_on: startingOn,
      ending_before: endingBefore,
      limit,
    });
  const days = (rows: readonly Row[]): readonly string[] =>
    rows.map((row) => textField(row, 'start_timestamp').slice(0, 10));
  const unitsOf = (creditTypes: unknown): readonly unknown[] =>
    typeof creditTypes === 'object' && creditTypes !== null ? Object.values(creditTypes) : [];
  const exact = (value: unknown, name: string): Big => decimalOf(field(value, name)) ?? new Big(NaN);
  const sum = (amounts: readonly Big[]): string => amounts.reduce((a, b) => a.plus(b), new Big(0)).toFixed();

  it('are one row per UTC day, oldest first, with every page size', async () => {
    const rows = await costs(customers[0], '2026-05-30T00:00:00Z', '2026-06-18T00:00:00Z');
    expect(rows).toHaveLength(19);
    expect(days(rows)).toEqual(days(rows).toSorted());
    expect(rows[0]).toMatchObject({
      start_timestamp: '2026-05-30T00:00:00Z',
      end_timestamp: '2026-05-31T00:00:00Z',
    });
    for (const limit of ['1', '2', '18', '19', '20']) {
      expect(await costs(customers[0], '2026-05-30T00:00:00Z', '2026-06-18T00:00:00Z', limit)).toEqual(rows);
    }
  });

  it('exist for the days of the current month up to the clock', async () => {
    const rows = await costs(customers[0], '2026-05-30T00:00:00Z', '2026-06-18T00:00:00Z');
    const withCosts = rows.filter((row) => field(row['credit_types'], USD_CENTS) !== undefined);
    expect(days(withCosts)).toEqual(
      Array.from({ length: 15 }, (_, day) => `2026-06-${String(day + 1).padStart(2, '0')}`),
    );
  });

  it('have whole days for a window that is not aligned', async () => {
    expect(days(await costs(customers[0], '2026-06-01T06:00:00Z', '2026-06-03T06:00:00Z'))).toEqual([
      '2026-06-02',
      '2026-06-03',
    ]);
    expect(await costs(customers[0], '2026-06-01T06:00:00Z', '2026-06-01T07:00:00Z')).toEqual([]);
  });

  it('add up by line to the day and over the month to the recurring lines of the draft', async () => {
    for (const customer of customers.slice(0, 10)) {
      const rows = await costs(customer, '2026-06-01T00:00:00Z', '2026-07-01T00:00:00Z');
      const units = rows.flatMap((row) => unitsOf(field(row, 'credit_types')));
      for (const unit of units) {
        const lines = rowsField(unit, 'line_item_breakdown').map((line) => exact(line, 'cost'));
        expect(sum(lines)).toBe(exact(unit, 'cost').toFixed());
      }
      const path = `/v1/customers/${textField(customer, 'id')}/invoices`;
      const [draft] = (await client.get(path, { status: 'DRAFT' })).data;
      const recurring = rowsField(draft, 'line_items').filter((line) => line['type'] !== 'scheduled');
      expect(units).toHaveLength(15);
      expect(sum(units.map((unit) => exact(unit, 'cost')))).toBe(
        sum(recurring.map((line) => exact(line, 'total'))),
      );
    }
  });

  it('name groups, one of them null', async () => {
    const [row] = await costs(customers[0], '2026-06-10T00:00:00Z', '2026-06-11T00:00:00Z');
    const unit = field(row?.['credit_types'], USD_CENTS);
    const groups = rowsField(unit, 'line_item_breakdown').map((line) => line['group_value']);
    expect(groups.slice(0, 3)).toEqual(['eu-west', 'us-east', null]);
    expect(groups.at(-1)).toBeUndefined();
  });

  it('are empty on every day for a customer without a plan', async () => {
    const created = await client.post('/v1/customers', { name: 'No plan' });
    const customer = field(created.body, 'data');
    const rows = await costs(
      { id: textField(customer, 'id') },
      '2026-06-01T00:00:00Z',
      '2026-06-04T00:00:00Z',
    );
    expect(rows.map((row) => row['credit_types'])).toEqual([{}, {}, {}]);
  });

  it.each([
    [{}],
    [{ starting_on: '2026-06-01T00:00:00Z' }],
    [{ ending_before: '2026-06-01T00:00:00Z' }],
    [{ starting_on: '2026-06-02T00:00:00Z', ending_before: '2026-06-02T00:00:00Z' }],
    [{ starting_on: '2026-06-03T00:00:00Z', ending_before: '2026-06-02T00:00:00Z' }],
    [{ starting_on: 'yesterday', ending_before: '2026-06-02T00:00:00Z' }],
  ])('answer 400 to %j', async (query: Readonly<Record<string, string>>) => {
    const path = `/v1/customers/${textField(customers[0], 'id')}/costs`;
    expect((await client.get(path, query)).status).toBe(400);
  });
});
