import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pick, pickText } from './pick.ts';
import { startFaultyUpstreams, type FaultyUpstreams } from './faulty-upstreams.ts';
import type { Commit, WriteFault } from './write-fault.ts';

describe('the fault proxy', () => {
  let upstreams: FaultyUpstreams;
  let invoiceId: string;
  let invoicePath: string;
  beforeEach(async () => {
    upstreams = await startFaultyUpstreams();
    const customer = pickText(await read('/v1/customers?limit=1'), 'data', 0, 'id');
    const invoices = `/v1/customers/${customer}/invoices`;
    invoiceId = pickText(await read(`${invoices}?status=FINALIZED`), 'data', 0, 'id');
    invoicePath = `${invoices}/${invoiceId}`;
  });
  afterEach(() => upstreams.close());

  const send = async (path: string, key?: string): Promise<Response> =>
    fetch(`${upstreams.proxy.METRONOME.url}${path}`, {
      headers: {
        authorization: `Bearer ${upstreams.sandbox.metronome.token}`,
        'content-type': 'application/json',
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      ...(key !== undefined && { method: 'POST', body: JSON.stringify({ id: invoiceId }) }),
    });
  const read = async (path: string): Promise<unknown> => (await send(path)).json();
  const write = async (key: string): Promise<number> => (await send('/v1/invoices/void', key)).status;
  const status = async (): Promise<unknown> => pick(await read(invoicePath), 'data', 'status');
  const fault = (kind: WriteFault['kind'], commit: Commit, stored = false): WriteFault => ({
    kind,
    commit,
    stored,
  });

  const failureOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'no failure', String);

  it('passes reads and writes on, and tells of every write', async () => {
    expect(await write('key-1')).toBe(200);
    expect(await status()).toBe('VOID');
    expect(await write('key-2')).toBe(400);
    expect(upstreams.proxy.METRONOME.writes).toEqual([
      { key: 'key-1', path: '/v1/invoices/void', status: 200 },
      { key: 'key-2', path: '/v1/invoices/void', status: 400 },
    ]);
  });

  it.each([
    ['never', 'FINALIZED', 'FINALIZED'],
    ['before', 'VOID', 'VOID'],
    ['after', 'FINALIZED', 'VOID'],
  ] as const)('lets a write take effect %s the fault', async (commit, atFirst, later) => {
    const { METRONOME: proxy } = upstreams.proxy;
    proxy.play([fault('503', commit)]);
    expect(await write('key-1')).toBe(503);
    expect(await status()).toBe(atFirst);
    await proxy.settled();
    expect(await status()).toBe(later);
    expect(await write('key-1')).toBe(200);
  });

  it.each(['before', 'never'] as const)(
    'repeats a stored failure for its key and no other (%s)',
    async (commit) => {
      const { METRONOME: proxy } = upstreams.proxy;
      proxy.play([fault('reset after the whole request', commit, true)]);
      await expect(write('key-1')).rejects.toThrow('fetch failed');
      expect([await write('key-1'), await write('key-1')]).toEqual([500, 500]);
      expect(await write('key-2')).toBe(commit === 'before' ? 400 : 200);
    },
  );

  it('plays the last fault on and on where asked to, until it is told to stop', async () => {
    const { METRONOME: proxy } = upstreams.proxy;
    proxy.play([fault('429', 'never'), fault('502', 'never')], true);
    expect([await write('key-1'), await write('key-1'), await write('key-1')]).toEqual([429, 502, 502]);
    await proxy.stopFaults();
    expect(await write('key-1')).toBe(200);
  });

  it('cuts answers off in the middle', async () => {
    upstreams.proxy.METRONOME.play([fault('reset in the middle of the answer', 'before')]);
    const answer = await send('/v1/invoices/void', 'key-1');
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow('terminated');
    expect(await status()).toBe('VOID');
  });

  it('answers garbage and never answers a hanging request', async () => {
    const { METRONOME: proxy } = upstreams.proxy;
    proxy.play([fault('garbage body', 'never'), fault('hang', 'before')]);
    await expect((await send('/v1/invoices/void', 'key-1')).json()).rejects.toThrow('JSON');
    const hanging = failureOf(write('key-2'));
    await proxy.reached('commit', 1);
    expect(await status()).toBe('VOID');
    await proxy.close();
    expect(await hanging).toContain('fetch failed');
  });

  it('closes the port after some reads, and opens it again', async () => {
    const { METRONOME: proxy } = upstreams.proxy;
    await proxy.closeAfterReads(1);
    expect(await status()).toBe('FINALIZED');
    await expect(write('key-1')).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    await proxy.stopFaults();
    expect(await write('key-1')).toBe(200);
  });

  it('holds writes back until they are let go', async () => {
    const { METRONOME: proxy } = upstreams.proxy;
    const letGo = proxy.holdWrites();
    const answer = write('key-1');
    await proxy.reached('write arrived', 1);
    expect(await status()).toBe('FINALIZED');
    letGo();
    expect(await answer).toBe(200);
  });

  it('fails and hangs reads as it is told', async () => {
    const { METRONOME: proxy } = upstreams.proxy;
    proxy.failReads(() => 'fail');
    expect((await send(invoicePath)).status).toBe(503);
    proxy.failReads(() => 'hang');
    const hanging = failureOf(send(invoicePath));
    await proxy.reached('read hangs', 1);
    await proxy.close();
    expect(await hanging).toContain('fetch failed');
  });
});
