import { describe, expect, it } from 'vitest';
import { metronomeId } from '../../../src/sandbox/metronome/metronome-id.ts';
import { answers, sandboxedSource } from './sandboxed-source.ts';

describe('createMetronomeSource', () => {
  it('says which provider it is, and whether it is the sandbox', async () => {
    const { source } = await sandboxedSource();
    expect(source).toMatchObject({ provider: 'METRONOME', sandbox: true });
  });

  it('remembers nothing from one request to the next', async () => {
    const { source, anotherSource, calls } = await sandboxedSource();
    await source.customers.customer(metronomeId('customer', 0));
    await anotherSource().customers.customer(metronomeId('customer', 0));
    expect(calls()).toHaveLength(2);
  });
});

describe('health', () => {
  it('makes one small read where nothing was heard yet', async () => {
    const { source, calls } = await sandboxedSource();
    expect(await Promise.all([source.health(), source.health()])).toEqual(['UP', 'UP']);
    expect(calls()).toEqual(['GET /v1/customers?limit=1']);
  });

  it('makes no read where something was heard just now', async () => {
    const { source, calls } = await sandboxedSource();
    await source.customers.customer(metronomeId('customer', 0));
    calls();
    expect(await source.health()).toBe('UP');
    expect(calls()).toEqual([]);
  });

  it('is down, without an error, where the read fails', async () => {
    const { source } = await sandboxedSource({ onRequest: answers({ '/v1/customers': 500 }) });
    expect(await source.health()).toBe('DOWN');
  });
});
