import { afterEach, describe, expect, it } from 'vitest';
import type { SandboxServer, SandboxServerOptions } from '../../../src/sandbox/http/sandbox-server.ts';
import { startMetronomeSandbox } from '../../../src/sandbox/metronome/start-metronome-sandbox.ts';
import { field, metronomeClient, textField, type MetronomeClient, type Row } from './metronome-client.ts';

describe('customers of the Metronome sandbox', () => {
  let server: SandboxServer | undefined;
  const start = async (options: SandboxServerOptions = {}): Promise<MetronomeClient> => {
    server = await startMetronomeSandbox(options);
    return metronomeClient(server);
  };
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });
  const ids = (rows: readonly Row[]): readonly string[] => rows.map((row) => textField(row, 'id'));
  const archive = (client: MetronomeClient, id: string) => client.post('/v1/customers/archive', { id });

  it('are the same in the same order with every page size', async () => {
    const client = await start({ companyCount: 40 });
    const all = await client.walk('/v1/customers', { limit: '100' });
    expect(new Set(ids(all)).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(20);
    for (let size = 1; size <= all.length + 1; size += 1) {
      expect(ids(await client.walk('/v1/customers', { limit: String(size) }))).toEqual(ids(all));
    }
  });

  it('come newest first, also where several share an instant', async () => {
    const client = await start({ companyCount: 120 });
    const all = await client.walk('/v1/customers', { limit: '2' });
    const created = all.map((row) => textField(row, 'created_at'));
    expect(created).toEqual(created.toSorted().toReversed());
    expect(new Set(created).size).toBeLessThan(created.length);
  });

  it('come 25 a page without a limit, and fewer where the server caps pages', async () => {
    const client = await start();
    expect((await client.get('/v1/customers')).data).toHaveLength(25);
    await server?.close();
    const capped = await start({ maxPageSize: 3 });
    const page = await capped.get('/v1/customers', { limit: '100' });
    expect(page.data).toHaveLength(3);
    expect(page.nextPage).not.toBeNull();
  });

  it('end with a null next_page on a page that is exactly full', async () => {
    const client = await start({ companyCount: 10 });
    const page = await client.get('/v1/customers', { limit: '10' });
    expect(page.data).toHaveLength(10);
    expect(page.body).toMatchObject({ next_page: null });
  });

  it('do not shift when rows come and go between two pages', async () => {
    const client = await start({ companyCount: 40 });
    const before = ids(await client.walk('/v1/customers'));
    const first = await client.get('/v1/customers', { limit: '5' });
    await client.post('/v1/customers', { name: 'Newcomer' });
    await archive(client, before[1] ?? '');
    await archive(client, before[4] ?? '');
    await archive(client, before[6] ?? '');
    const second = await client.get('/v1/customers', { limit: '5', next_page: first.nextPage ?? '' });
    expect(ids(second.data)).toEqual(before.slice(5, 11).filter((id) => id !== before[6]));
  });

  it('refuse a cursor with other parameters or of another list', async () => {
    const client = await start({ companyCount: 40 });
    const { nextPage } = await client.get('/v1/customers', { limit: '5' });
    const cursor = nextPage ?? '';
    for (const query of [{ limit: '6' }, { limit: '5', only_archived: 'true' }, {}]) {
      expect((await client.get('/v1/customers', { ...query, next_page: cursor })).status).toBe(400);
    }
    expect((await client.get('/v1/plans', { limit: '5', next_page: cursor })).status).toBe(400);
  });

  it('are active or archived, never both', async () => {
    const client = await start();
    const active = await client.walk('/v1/customers', { only_archived: 'false' });
    const archived = await client.walk('/v1/customers', { only_archived: 'true', limit: '2' });
    expect(active.every((row) => row['archived_at'] === null)).toBe(true);
    expect(archived.length).toBeGreaterThan(3);
    expect(archived.every((row) => typeof row['archived_at'] === 'string')).toBe(true);
    expect((await client.get('/v1/customers', { only_archived: 'yes' })).status).toBe(400);
  });

  it('are found by ids, comma-joined and repeated, unknown ones left out', async () => {
    const client = await start();
    const [first = '', , third = ''] = ids((await client.get('/v1/customers')).data);
    const unknown = '00000000-0000-4000-8000-000000000000';
    const joined = await client.get('/v1/customers', {
      customer_ids: `${third},${unknown},${first.toUpperCase()}`,
    });
    expect(ids(joined.data)).toEqual([first, third]);
    const repeated = await fetch(
      `${server?.url}/v1/customers?customer_ids=${first}&customer_ids=${third}&customer_ids=nonsense`,
      { headers: { authorization: `Bearer ${server?.token}` } },
    );
    expect(await repeated.json()).toEqual(joined.body);
  });

  it('are found by at most 100 ids or accounts in one call', async () => {
    const client = await start();
    const id = '00000000-0000-4000-8000-000000000000';
    for (const name of ['customer_ids', 'salesforce_account_ids']) {
      expect((await client.get('/v1/customers', { [name]: Array(100).fill(id).join() })).status).toBe(200);
      expect((await client.get('/v1/customers', { [name]: Array(101).fill(id).join() })).status).toBe(400);
    }
  });

  it('are found by any of their ingest aliases, whatever letters those have', async () => {
    const client = await start({ companyCount: 400 });
    const all = await client.walk('/v1/customers', { limit: '100' });
    const rows = all.filter(
      (row) => Array.isArray(row['ingest_aliases']) && row['ingest_aliases'].length > 1,
    );
    const aliases = rows.flatMap((row) => row['ingest_aliases']).map(String);
    expect(aliases.some((alias) => alias.includes('/'))).toBe(true);
    expect(aliases.some((alias) => alias.includes(' '))).toBe(true);
    expect(aliases.some((alias) => /[^ -~]/.test(alias))).toBe(true);
    for (const row of rows) {
      for (const alias of [row['ingest_aliases']].flat().map(String)) {
        expect((await client.get('/v1/customers', { ingest_alias: alias })).data).toEqual([row]);
      }
    }
    expect((await client.get('/v1/customers', { ingest_alias: 'acct_0' })).data).toEqual([]);
  });

  it('are found by Salesforce account, and by all filters at once', async () => {
    const client = await start();
    const [showcase, other] = (await client.get('/v1/customers')).data;
    const account = String(field(field(showcase, 'customer_config'), 'salesforce_account_id'));
    expect((await client.get('/v1/customers', { salesforce_account_ids: `x,${account}` })).data).toEqual([
      showcase,
    ]);
    const both = { ingest_alias: 'acct_1001', customer_ids: textField(other, 'id') };
    expect((await client.get('/v1/customers', both)).data).toEqual([]);
    const same = { ingest_alias: 'acct_1001', customer_ids: textField(showcase, 'id') };
    expect((await client.get('/v1/customers', same)).data).toEqual([showcase]);
    expect((await client.get('/v1/customers', { ...same, only_archived: 'true' })).data).toEqual([]);
  });

  it('can be created and are then the newest', async () => {
    const client = await start({ companyCount: 20 });
    const created = await client.post('/v1/customers', {
      name: 'N'.repeat(200),
      ingest_aliases: ['new-1', 'new/2'],
      custom_fields: { crm_id: 'X-1' },
    });
    expect(created.status).toBe(200);
    const second = await client.post('/v1/customers', { name: 'Second' });
    const [newest, next] = (await client.get('/v1/customers')).data;
    expect(newest).toMatchObject({ name: 'Second', ingest_aliases: [] });
    expect(field(newest, 'id')).toBe(field(field(second.body, 'data'), 'id'));
    expect(field(newest, 'external_id')).toBe(field(newest, 'id'));
    expect(next).toMatchObject({
      name: 'N'.repeat(160),
      external_id: 'new-1',
      ingest_aliases: ['new-1', 'new/2'],
      custom_fields: { crm_id: 'X-1' },
    });
    expect((await client.get('/v1/customers', { ingest_alias: 'new/2' })).data).toEqual([next]);
    const path = `/v1/customers/${textField(next, 'id')}`;
    expect((await client.get(path)).body).toEqual({ data: next });
    expect((await client.get(`${path}/plans`)).data).toEqual([]);
    expect((await client.get(`${path}/invoices`)).data).toEqual([]);
  });

  it('that were created at one instant page like all others', async () => {
    const client = await start({ companyCount: 3 });
    for (const name of ['First', 'Second', 'Third']) await client.post('/v1/customers', { name });
    for (const limit of ['1', '2', '4', '100']) {
      const rows = await client.walk('/v1/customers', { limit });
      expect(rows.map((row) => row['name']).slice(0, 4)).toEqual([
        'Third',
        'Second',
        'First',
        'Orchard Labs',
      ]);
      expect(rows).toHaveLength(6);
    }
  });

  it('cannot be created with a taken alias or invalid fields', async () => {
    const client = await start({ companyCount: 20 });
    const create = async (body: unknown) => (await client.post('/v1/customers', body)).status;
    expect(await create({ name: 'Copy', ingest_aliases: ['fresh', 'acct_1001'] })).toBe(409);
    expect(await create({ name: 'Copy', external_id: 'acct_1001' })).toBe(409);
    expect(await create({ name: 7 })).toBe(400);
    expect(await create({ name: 'Copy', ingest_aliases: [''] })).toBe(400);
    expect(await create({ name: 'Copy', ingest_aliases: ['x'.repeat(129)] })).toBe(400);
    expect(await create({ name: 'Copy', custom_fields: { key: 1 } })).toBe(400);
    expect((await client.get('/v1/customers', { ingest_alias: 'fresh' })).data).toEqual([]);
  });

  it('leave the list when archived, stay readable, keep their aliases and lose their drafts', async () => {
    const client = await start({ companyCount: 20 });
    const [showcase] = (await client.get('/v1/customers')).data;
    const id = textField(showcase, 'id');
    expect((await archive(client, id)).body).toEqual({ data: { id } });
    expect(ids((await client.get('/v1/customers')).data)).not.toContain(id);
    expect(ids((await client.get('/v1/customers', { only_archived: 'true' })).data)).toContain(id);
    expect(field((await client.get(`/v1/customers/${id}`)).body, 'data')).toMatchObject({
      archived_at: '2026-06-15T12:00:00.000Z',
    });
    expect((await client.get(`/v1/customers/${id}/invoices`, { status: 'DRAFT' })).data).toEqual([]);
    const taken = await client.post('/v1/customers', { name: 'Again', ingest_aliases: ['acct_1001'] });
    expect(taken.status).toBe(409);
    expect((await archive(client, id)).status).toBe(400);
    expect((await archive(client, '00000000-0000-4000-8000-000000000000')).status).toBe(404);
  });

  it('can be a hundred thousand and still be listed page by page', async () => {
    const client = await start({ companyCount: 100_000 });
    const rows = await client.walk('/v1/customers', { limit: '100', only_archived: 'true' });
    expect(rows.length).toBeGreaterThan(2000);
    expect(new Set(ids(rows)).size).toBe(rows.length);
  });
});
