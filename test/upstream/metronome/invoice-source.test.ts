import { describe, expect, it } from 'vitest';
import { readAll } from '../../../src/connection/read-all.ts';
import type { InvoiceFilter } from '../../../src/domain/invoice/invoice-source.ts';
import { UpstreamInvalidResponseError } from '../../../src/errors/upstream-error.ts';
import { metronomeId } from '../../../src/sandbox/metronome/metronome-id.ts';
import { parseInstant } from '../../../src/time/instant.ts';
import { answers, lastPage, sandboxedSource } from './sandboxed-source.ts';
import { withLines } from './wire-builders.ts';

const showcase = metronomeId('customer', 0);
const absentId = '00000000-0000-4000-8000-000000000000';
const LIST = `GET /v1/customers/${showcase}/invoices?limit=100&sort=date_desc`;
const every: InvoiceFilter = { statuses: null, from: null, to: null };

const wire = (id: string, members: object = {}) => ({
  id,
  customer_id: 'customer-1',
  status: 'FINALIZED',
  type: 'PLAN_ARREARS',
  credit_type: { id: 'unit-eur', name: 'EUR' },
  line_items: [],
  total: 5,
  ...members,
});

describe('invoices', () => {
  it('are newest first, complete with their lines and dated as merging wants it', async () => {
    const { source, calls } = await sandboxedSource();
    const stream = source.invoices.invoices(showcase, every);
    const { items } = await stream.readPage(null, 100);
    const invoices = await Promise.all(items.map(async (item) => item.read()));
    expect(invoices).toHaveLength(12);
    expect(items.map(({ date }) => date)).toEqual(
      invoices.map(({ issuedAt, periodEnd }) => issuedAt ?? periodEnd),
    );
    const starts = invoices.map(({ periodStart }) => periodStart);
    expect(starts).toEqual(starts.toSorted((a, b) => `${b}`.localeCompare(`${a}`)));
    expect(new Set(invoices.map(({ lineItems }) => lineItems.kind))).toEqual(new Set(['read']));
    expect(new Set(invoices.map(({ status }) => status))).toEqual(new Set(['DRAFT', 'OPEN', 'PAID', 'VOID']));
    expect(calls()).toEqual([LIST]);
  });

  it('sends the period as the filter of the upstream', async () => {
    const { source, calls } = await sandboxedSource();
    const filter = {
      ...every,
      from: parseInstant('2026-01-01T00:00:00Z'),
      to: parseInstant('2026-04-02T00:00:00Z'),
    };
    const invoices = await readAll(source.invoices.invoices(showcase, filter));
    expect(invoices).toHaveLength(3);
    expect(calls()).toEqual([`${LIST}&starting_on=2026-01-01T00:00:00Z&ending_before=2026-04-02T00:00:00Z`]);
  });

  it.each([
    [['DRAFT'], '&status=DRAFT'],
    [['PAID'], '&status=FINALIZED'],
    [['OPEN', 'OVERDUE'], '&status=FINALIZED'],
    [['VOID', 'DRAFT'], ''],
    [['UNKNOWN', 'PAID'], ''],
  ] as const)('gives %j only, and adds "%s" to what was asked for all', async (statuses, sent) => {
    const { source, calls } = await sandboxedSource();
    const all = await readAll(source.invoices.invoices(showcase, every));
    calls();
    const invoices = await readAll(source.invoices.invoices(showcase, { ...every, statuses }));
    const wanted: readonly string[] = statuses;
    expect(invoices.map(withLines)).toEqual(
      all.filter(({ status }) => wanted.includes(status)).map(withLines),
    );
    expect(invoices.length).toBeGreaterThan(0);
    expect(calls()).toEqual(
      sent === '' ? [] : [`GET /v1/customers/${showcase}/invoices?limit=100&sort=date_desc${sent}`],
    );
  });

  it('asks nothing for statuses that Metronome cannot have', async () => {
    const { source, calls } = await sandboxedSource();
    const filter = { ...every, statuses: ['PROCESSING', 'PARTIALLY_PAID', 'OVERDUE'] } as const;
    expect(await readAll(source.invoices.invoices(showcase, filter))).toEqual([]);
    expect(calls()).toEqual([]);
  });

  it('gives invoices of a status that the reference does not name as unknown', async () => {
    const path = '/v1/customers/customer-1/invoices';
    const { source } = await sandboxedSource({
      onRequest: answers({ [path]: lastPage(wire('a'), wire('b', { status: 'Parked' })) }),
    });
    const invoices = await readAll(
      source.invoices.invoices('customer-1', { ...every, statuses: ['UNKNOWN'] }),
    );
    expect(invoices).toMatchObject([{ providerId: 'b', status: 'UNKNOWN', providerStatus: 'Parked' }]);
  });

  it('says that the customer is unknown', async () => {
    const { source } = await sandboxedSource();
    const reading = source.invoices.invoices(absentId, every).readPage(null, 20);
    await expect(reading).rejects.toMatchObject({ code: 'NOT_FOUND', provider: 'METRONOME' });
  });
});

describe('invoice', () => {
  it('is read once for everyone in the request, the same as in the list', async () => {
    const { source, calls } = await sandboxedSource();
    const [listed] = await readAll(source.invoices.invoices(showcase, every));
    if (listed === undefined) throw new Error('the customer has no invoice');
    calls();
    const [invoice, again] = await Promise.all([
      source.invoices.invoice(listed),
      source.invoices.invoice(listed),
    ]);
    const whole = withLines(listed);
    expect([invoice, again].map((each) => each && withLines(each))).toEqual([whole, whole]);
    expect(calls()).toEqual([`GET /v1/customers/${showcase}/invoices/${listed.providerId}`]);
  });

  it('has its lines read, also when there are none', async () => {
    const path = '/v1/customers/customer-1/invoices';
    const { source } = await sandboxedSource({
      onRequest: answers({ [path]: lastPage(wire('a')), [`${path}/a`]: { data: wire('a') } }),
    });
    const ref = { provider: 'METRONOME', providerId: 'a', customerId: 'customer-1' } as const;
    const invoice = await source.invoices.invoice(ref);
    expect(invoice && withLines(invoice).lineItems).toEqual([]);
    expect(await readAll(source.invoices.invoices('customer-1', every))).toMatchObject([
      { lineItems: { kind: 'unread' } },
    ]);
  });

  it('is null when it is unknown, or not of this customer', async () => {
    const { source } = await sandboxedSource();
    const [listed] = await readAll(source.invoices.invoices(showcase, every));
    if (listed === undefined) throw new Error('the customer has no invoice');
    expect(await source.invoices.invoice({ ...listed, providerId: absentId })).toBeNull();
    expect(await source.invoices.invoice({ ...listed, customerId: metronomeId('customer', 1) })).toBeNull();
  });

  it.each([
    ['invoice.id', wire('b')],
    ['invoice.customer_id', wire('a', { customer_id: 'customer-2' })],
  ])('refuses an answer with another %s', async (field, data) => {
    const { source } = await sandboxedSource({
      onRequest: answers({ '/v1/customers/customer-1/invoices/a': { data } }),
    });
    const reading = source.invoices.invoice({
      provider: 'METRONOME',
      providerId: 'a',
      customerId: 'customer-1',
    });
    await expect(reading).rejects.toThrow(UpstreamInvalidResponseError);
    await expect(reading).rejects.toThrow(field);
  });
});

describe('subscriptionPlan', () => {
  it('is never known and costs no call', async () => {
    const { source, calls } = await sandboxedSource();
    expect(await source.invoices.subscriptionPlan('customer-plan-1')).toBeNull();
    expect(calls()).toEqual([]);
  });
});
