import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

const NOW = '2026-06-15T12:00:00Z';

describe('plans of the Metronome sandbox', () => {
  let server: SandboxServer;
  let client: MetronomeClient;
  let customers: readonly Row[];
  beforeAll(async () => {
    server = await startMetronomeSandbox();
    client = metronomeClient(server);
    customers = [
      ...(await client.walk('/v1/customers', { limit: '100' })),
      ...(await client.walk('/v1/customers', { limit: '100', only_archived: 'true' })),
    ];
  });
  afterAll(() => server.close());

  const allCharges = async (): Promise<readonly Row[]> => {
    const plans = await client.walk('/v1/plans');
    const charges = await Promise.all(
      plans.map((plan) => client.walk(`/v1/planDetails/${textField(plan, 'id')}/charges`)),
    );
    return charges.flat();
  };

  it('are listed whole with every page size', async () => {
    const all = await client.walk('/v1/plans', { limit: '100' });
    for (let size = 1; size <= all.length; size += 1) {
      expect(await client.walk('/v1/plans', { limit: String(size) })).toEqual(all);
    }
    const charges = `/v1/planDetails/${textField(all[0], 'id')}/charges`;
    const whole = await client.walk(charges, { limit: '100' });
    expect(whole.length).toBeGreaterThan(10);
    for (const limit of ['1', '3', '7']) expect(await client.walk(charges, { limit })).toEqual(whole);
  });

  it('cover every charge type, tiers, ramps, tier windows and conversions', async () => {
    const charges = await allCharges();
    const types = new Set(charges.map((charge) => charge['charge_type']));
    expect(types).toEqual(new Set(['usage', 'fixed', 'composite', 'minimum', 'seat']));
    const priceCounts = new Set(charges.map((charge) => rowsField(charge, 'prices').length));
    expect(priceCounts).toEqual(new Set([1, 2, 3]));
    expect(new Set(charges.map((charge) => charge['start_period']))).toEqual(new Set([undefined, 0, 3]));
    expect(new Set(charges.map((charge) => charge['tier_reset_frequency']))).toEqual(
      new Set([undefined, 1, 3]),
    );
    const conversions = charges.map((charge) => charge['unit_conversion']).filter((one) => one !== undefined);
    expect(new Set(conversions.map((conversion) => field(conversion, 'rounding_behavior')))).toEqual(
      new Set(['floor', 'ceiling', undefined]),
    );
    expect(
      charges.some((charge) => rowsField(charge, 'prices')[0]?.['collection_schedule'] === 'ADVANCE'),
    ).toBe(true);
    const units = new Set(charges.map((charge) => field(charge['credit_type'], 'name')));
    expect(units).toEqual(new Set(['USD (cents)', 'EUR', 'compute tokens']));
  });

  it('have unique charge ids', async () => {
    const ids = (await allCharges()).map((charge) => charge['id']);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('write a price of 1e-7 digit for digit', async () => {
    const [enterprise] = await client.walk('/v1/plans');
    const { text } = await client.get(`/v1/planDetails/${textField(enterprise, 'id')}/charges`);
    expect(text).toContain('"value":1e-7,');
  });

  it('have details with minimums, overage rates and credit grants', async () => {
    const plans = await client.walk('/v1/plans');
    const details = await Promise.all(
      plans.map(async (plan) =>
        field((await client.get(`/v1/planDetails/${textField(plan, 'id')}`)).body, 'data'),
      ),
    );
    for (const name of ['minimums', 'overage_rates', 'credit_grants']) {
      expect(details.some((detail) => field(detail, name) !== undefined)).toBe(true);
      expect(details.some((detail) => field(detail, name) === undefined)).toBe(true);
    }
  });

  it('of a customer come newest first and cover every form', async () => {
    const forms = new Set<string>();
    for (const customer of customers) {
      const plans = await client.walk(`/v1/customers/${textField(customer, 'id')}/plans`, { limit: '1' });
      const starts = plans.map((plan) => textField(plan, 'starting_on'));
      expect(starts).toEqual(starts.toSorted().toReversed());
      forms.add(plans.map(planForm).join(' after '));
      for (const plan of plans) if (plan['trial_info'] !== undefined) forms.add('trial');
    }
    expect([...forms].toSorted()).toEqual([
      '',
      'active',
      'active after ended',
      'ended',
      'trial',
      'upcoming',
      'upcoming after active',
    ]);
  });

  const planForm = (plan: Row): 'upcoming' | 'ended' | 'active' => {
    if (textField(plan, 'starting_on') > NOW) return 'upcoming';
    const end = plan['ending_before'];
    return typeof end === 'string' && end <= NOW ? 'ended' : 'active';
  };

  it.each([
    ['active', ['active']],
    ['ended', ['ended']],
    ['upcoming', ['upcoming']],
    ['active,ended', ['active', 'ended']],
    ['upcoming,active', ['active', 'upcoming']],
    ['all', ['active', 'ended', 'upcoming']],
  ])('list their customers by status %s', async (status, expected) => {
    const found = new Set<string>();
    for (const plan of await client.walk('/v1/plans')) {
      const path = `/v1/planDetails/${textField(plan, 'id')}/customers`;
      const rows = await client.walk(path, { status, limit: '100' });
      for (const row of rows) {
        const details = row['plan_details'];
        found.add(
          planForm({
            starting_on: field(details, 'starting_on'),
            ending_before: field(details, 'ending_before'),
          }),
        );
        expect(field(details, 'id')).toBe(plan['id']);
      }
      expect(await client.walk(path, { status, limit: '7' })).toEqual(rows);
    }
    expect([...found].toSorted()).toEqual(expected);
  });

  it('list their active customers unless asked otherwise', async () => {
    for (const plan of await client.walk('/v1/plans')) {
      const path = `/v1/planDetails/${textField(plan, 'id')}/customers`;
      expect(await client.walk(path)).toEqual(await client.walk(path, { status: 'active' }));
    }
  });

  it('list the same customers that list them', async () => {
    const [plan] = await client.walk('/v1/plans');
    const rows = await client.walk(`/v1/planDetails/${textField(plan, 'id')}/customers`, { status: 'all' });
    const fromPlan = rows.map((row) => [
      field(row['customer_details'], 'id'),
      field(row['plan_details'], 'customer_plan_id'),
    ]);
    const fromCustomers: unknown[] = [];
    for (const customer of customers) {
      const plans = (await client.get(`/v1/customers/${textField(customer, 'id')}/plans`)).data;
      for (const one of plans)
        if (one['plan_id'] === plan?.['id']) fromCustomers.push([customer['id'], one['id']]);
    }
    expect(fromPlan.length).toBeGreaterThan(5);
    expect(new Set(fromPlan.map(String))).toEqual(new Set(fromCustomers.map(String)));
  });

  it('refuse status ended,upcoming and unknown words', async () => {
    const [plan] = await client.walk('/v1/plans');
    const path = `/v1/planDetails/${textField(plan, 'id')}/customers`;
    for (const status of ['ended,upcoming', 'upcoming,ended', 'paused', 'active,', '']) {
      expect([status, (await client.get(path, { status })).status]).toEqual([status, 400]);
    }
  });

  it('are counted in units that the list of pricing units has', async () => {
    const units = await client.walk('/v1/credit-types/list', { limit: '2' });
    expect(units).toContainEqual({
      id: '2714e483-4ff1-48e4-9e25-ac732e8f24f2',
      name: 'USD (cents)',
      is_currency: true,
    });
    expect(units.some((unit) => unit['is_currency'] === false)).toBe(true);
    const ids = new Set(units.map((unit) => unit['id']));
    for (const charge of await allCharges()) expect(ids).toContain(field(charge['credit_type'], 'id'));
  });
});
