import { describe, expect, it } from 'vitest';
import { readAll } from '../../../src/connection/read-all.ts';
import { companies } from '../../../src/sandbox/dataset/companies.ts';
import { metronomeId } from '../../../src/sandbox/metronome/metronome-id.ts';
import { DEFAULT_SANDBOX_NOW } from '../../../src/sandbox/sandbox-clock.ts';
import { answers, lastPage, sandboxedSource } from './sandboxed-source.ts';
import { wireCustomer } from './wire-builders.ts';

const known = companies({ count: 400, now: DEFAULT_SANDBOX_NOW });
const customerId = (index: number) => metronomeId('customer', index);
const active = known.filter(({ metronome }) => metronome === 'active');
const archived = known.find(({ metronome }) => metronome === 'archived');
if (archived === undefined) throw new Error('the sandbox has no archived customer');
const archivedId = customerId(archived.index);
const absentId = '00000000-0000-4000-8000-000000000000';

const everyone = { status: 'ACTIVE', identifier: null, search: null } as const;
const LIST = '/v1/customers';

describe('customer', () => {
  it('reads customers that are asked for together with one call', async () => {
    const { source, calls } = await sandboxedSource();
    const ids = [customerId(0), customerId(1), customerId(0), customerId(2)];
    const customers = await Promise.all(ids.map((id) => source.customers.customer(id)));
    expect(customers.map((customer) => customer?.providerId)).toEqual(ids);
    expect(customers[0]).toMatchObject({ name: 'Orchard Labs', status: 'ACTIVE' });
    expect(calls()).toEqual([
      `GET ${LIST}?limit=100&customer_ids=${customerId(0)},${customerId(1)},${customerId(2)}`,
    ]);
  });

  it('reads a customer once for the whole request', async () => {
    const { source, calls } = await sandboxedSource();
    await source.customers.customer(customerId(0));
    await source.customers.customer(customerId(0));
    expect(calls()).toHaveLength(1);
  });

  it('puts at most a hundred ids into one call', async () => {
    const { source, calls } = await sandboxedSource({ companyCount: 400 });
    const ids = active.slice(0, 150).map(({ index }) => customerId(index));
    const customers = await Promise.all(ids.map((id) => source.customers.customer(id)));
    expect(customers.map((customer) => customer?.providerId)).toEqual(ids);
    expect(calls().map((call) => call.split(',').length)).toEqual([100, 50]);
  });

  it('asks once more for those that are not active, and gives null for those that are nowhere', async () => {
    const { source, calls } = await sandboxedSource({ companyCount: 400 });
    const ids = [absentId, customerId(0), archivedId];
    const customers = await Promise.all(ids.map((id) => source.customers.customer(id)));
    expect(customers[0]).toBeNull();
    expect(customers[1]).toMatchObject({ status: 'ACTIVE' });
    expect(customers[2]).toMatchObject({ providerId: archivedId, status: 'ARCHIVED' });
    expect(calls()).toEqual([
      `GET ${LIST}?limit=100&customer_ids=${ids.join(',')}`,
      `GET ${LIST}?limit=100&customer_ids=${absentId},${archivedId}&only_archived=true`,
    ]);
  });

  it('follows the pages of a call until every customer is found', async () => {
    const { source, calls } = await sandboxedSource({ maxPageSize: 2 });
    const ids = [0, 1, 2, 3, 4].map(customerId);
    const customers = await Promise.all(ids.map((id) => source.customers.customer(id)));
    expect(customers.map((customer) => customer?.providerId)).toEqual(ids);
    const call = `GET ${LIST}?limit=100&customer_ids=${ids.join(',')}`;
    expect(calls()).toEqual([call, `${call}&next_page=…`, `${call}&next_page=…`]);
  });

  it('matches rows by id and ignores those that were not asked for', async () => {
    const [one, two, foreign] = ['1', '2', '3'].map((digit) => absentId.replaceAll('0', digit));
    const rows = [foreign, two, one].map((id) => wireCustomer({ id: `${id}`, name: `name of ${id}` }));
    const { source } = await sandboxedSource({ onRequest: answers({ [LIST]: lastPage(...rows) }) });
    const customers = await Promise.all([
      source.customers.customer(`${one}`),
      source.customers.customer(`${two}`),
    ]);
    expect(customers.map((customer) => customer?.name)).toEqual([`name of ${one}`, `name of ${two}`]);
  });

  it('finds a customer by its id in capitals', async () => {
    const { source, calls } = await sandboxedSource();
    const id = customerId(0);
    expect(await source.customers.customer(id)).toMatchObject({ providerId: id });
    expect(await source.customers.customer(id.toUpperCase())).toMatchObject({ providerId: id });
    expect(calls()).toHaveLength(1);
  });

  it('keeps ids that are no UUID out of the call for the others', async () => {
    const { source, calls } = await sandboxedSource({
      onRequest: ({ query }) =>
        (query.get('customer_ids') ?? '').includes('nonsense')
          ? { kind: 'answer', status: 400, body: '{}' }
          : undefined,
    });
    const [good, bad] = await Promise.allSettled([
      source.customers.customer(customerId(0)),
      source.customers.customer('nonsense'),
    ]);
    expect(good).toMatchObject({ status: 'fulfilled', value: { name: 'Orchard Labs' } });
    expect(bad).toMatchObject({ status: 'rejected', reason: { code: 'UPSTREAM_REJECTED' } });
    expect(calls()).toHaveLength(2);
  });

  it('fails only the customers that the failing call was for, and asks no more for them', async () => {
    const { source, calls } = await sandboxedSource({
      onRequest: ({ query }) =>
        query.has('only_archived') ? { kind: 'answer', status: 503, body: '' } : undefined,
    });
    const [found, missed] = await Promise.allSettled([
      source.customers.customer(customerId(0)),
      source.customers.customer(absentId),
    ]);
    expect(found).toMatchObject({ status: 'fulfilled', value: { name: 'Orchard Labs' } });
    expect(missed).toMatchObject({ status: 'rejected', reason: { code: 'UPSTREAM_UNAVAILABLE' } });
    expect(calls()).toHaveLength(2);
    await expect(source.customers.customer(absentId)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(calls()).toEqual([]);
  });

  it.each(['', 'a/b', '..'])('takes the id %j for a fault of Metronome, without a call', async (id) => {
    const { source, calls } = await sandboxedSource();
    const failure = { code: 'UPSTREAM_INVALID_RESPONSE', provider: 'METRONOME' };
    await expect(source.customers.customer(id)).rejects.toMatchObject(failure);
    expect(calls()).toEqual([]);
  });

  it('does not ask for the parts of an id with a comma', async () => {
    const { source, calls } = await sandboxedSource();
    expect(await source.customers.customer(`${customerId(0)},${customerId(1)}`)).toBeNull();
    expect(calls()).toEqual([]);
  });
});

describe('customerByIdentifier', () => {
  it.each(['acct_1002', 'legacy/eu/1002', 'Konto Süd 1002'])(
    'finds an active customer by %s with one call',
    async (alias) => {
      const { source, calls } = await sandboxedSource();
      expect(await source.customers.customerByIdentifier(alias)).toMatchObject({ providerId: customerId(1) });
      expect(calls()).toEqual([`GET ${LIST}?limit=100&ingest_alias=${alias}`]);
    },
  );

  it('spares a later read of the same customer by id', async () => {
    const { source, calls } = await sandboxedSource();
    await source.customers.customerByIdentifier('acct_1002');
    expect(await source.customers.customer(customerId(1))).toMatchObject({
      identifiers: ['acct_1002', 'legacy/eu/1002', 'Konto Süd 1002'],
    });
    expect(calls()).toHaveLength(1);
  });

  it('asks among the archived on a miss, and only once for the same identifier', async () => {
    const { source, calls } = await sandboxedSource({ companyCount: 400 });
    const { identifier } = archived;
    expect(await source.customers.customerByIdentifier(identifier)).toMatchObject({ status: 'ARCHIVED' });
    expect(await source.customers.customerByIdentifier('no such')).toBeNull();
    expect(await source.customers.customerByIdentifier('no such')).toBeNull();
    const both = (alias: string) => [
      `GET ${LIST}?limit=100&ingest_alias=${alias}`,
      `GET ${LIST}?limit=100&ingest_alias=${alias}&only_archived=true`,
    ];
    expect(calls()).toEqual([...both(identifier), ...both('no such')]);
  });

  it('passes over a row that does not carry the identifier', async () => {
    const row = wireCustomer({ ingest_aliases: ['acct_10'], external_id: 'acct_1' });
    const { source } = await sandboxedSource({ onRequest: answers({ [LIST]: lastPage(row) }) });
    expect(await source.customers.customerByIdentifier('acct_1')).toBeNull();
    expect(await source.customers.customerByIdentifier('acct_10')).toMatchObject({
      providerId: 'customer-1',
    });
  });
});

describe('customers', () => {
  it('walks the active customers in the order of the upstream, dated by their creation', async () => {
    const { source, calls } = await sandboxedSource();
    const stream = source.customers.customers({ ...everyone, search: 'Orchard' });
    const page = await stream.readPage(null, 7);
    const expected = active.filter(({ index }) => index < 60).map(({ index }) => customerId(index));
    expect(page.items.map(({ id }) => id)).toEqual(expected.slice(0, 7));
    const [first] = await Promise.all(page.items.slice(0, 1).map(async (item) => item.read()));
    expect(page.items[0]?.date).toBe(first?.createdAt);
    expect(calls()).toEqual([`GET ${LIST}?limit=7`]);
    const all = await readAll(stream);
    expect(all.map(({ providerId }) => providerId)).toEqual(expected);
  });

  it('spares later reads of the listed customers by id', async () => {
    const { source, calls } = await sandboxedSource();
    const { items } = await source.customers.customers(everyone).readPage(null, 3);
    for (const item of items) expect(await source.customers.customer(item.id)).toEqual(await item.read());
    expect(calls()).toHaveLength(1);
  });

  it('lists archived customers only when they are wanted', async () => {
    const { source, calls } = await sandboxedSource({ companyCount: 400 });
    const stream = source.customers.customers({ ...everyone, status: 'ARCHIVED' });
    const rows = await readAll(stream);
    expect(rows.map(({ providerId }) => providerId)).toContain(archivedId);
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['ARCHIVED']));
    expect(calls()).toEqual([`GET ${LIST}?limit=100&only_archived=true`]);
    expect(await source.customers.customer(archivedId)).toMatchObject({ status: 'ARCHIVED' });
    expect(calls()).toEqual([]);
  });

  it('asks for one identifier by its alias', async () => {
    const { source, calls } = await sandboxedSource();
    const stream = source.customers.customers({ ...everyone, identifier: 'Konto Süd 1002' });
    expect(await readAll(stream)).toMatchObject([{ providerId: customerId(1) }]);
    expect(calls()).toEqual([`GET ${LIST}?limit=100&ingest_alias=Konto Süd 1002`]);
  });

  it('drops rows that are archived or carry another identifier, and keeps the token', async () => {
    const rows = [
      wireCustomer({ id: 'a', archived_at: '2026-01-01T00:00:00Z' }),
      wireCustomer({ id: 'b', ingest_aliases: ['other'] }),
      wireCustomer({ id: 'c' }),
    ];
    const { source } = await sandboxedSource({
      onRequest: answers({ [LIST]: { data: rows, next_page: 'more' } }),
    });
    const all = await source.customers.customers(everyone).readPage(null, 20);
    expect(all.items.map(({ id }) => id)).toEqual(['b', 'c']);
    const one = await source.customers.customers({ ...everyone, identifier: 'acct_1' }).readPage(null, 20);
    expect(one.items.map(({ id }) => id)).toEqual(['c']);
    expect(one.nextToken).toBe('more');
  });

  it('takes an empty token for the end', async () => {
    const { source } = await sandboxedSource({ onRequest: answers({ [LIST]: { data: [], next_page: '' } }) });
    expect(await source.customers.customers(everyone).readPage(null, 20)).toEqual({
      items: [],
      nextToken: null,
    });
  });

  it('says that the list is refused where the upstream has no such list', async () => {
    const { source } = await sandboxedSource({ onRequest: answers({ [LIST]: 404 }) });
    const reading = source.customers.customers(everyone).readPage(null, 20);
    await expect(reading).rejects.toMatchObject({ code: 'UPSTREAM_REJECTED', status: 404 });
  });
});
