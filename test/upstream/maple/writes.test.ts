import { describe, expect, it } from 'vitest';
import { UpstreamNotFoundError, UpstreamUnavailableError } from '../../../src/errors/upstream-error.ts';
import { createMapleSource } from '../../../src/upstream/maple/source.ts';
import { ENDLESS, startRecordingUpstream, type RecordingUpstream } from '../recording-upstream.ts';
import { newCharges } from './new-charges.ts';
import { number, oneTimeRow } from './wire-rows.ts';

const REF = { provider: 'MAPLE', customerId: 'cus_1', providerId: 'uuid-1' } as const;

function writesOver({ client }: RecordingUpstream) {
  const options = {
    client,
    signal: ENDLESS,
    sandbox: true,
    companyId: 'cmp_1',
    priceUnit: 'unknown',
  } as const;
  return createMapleSource(options).writes;
}

function upstreamWith(...ids: readonly string[]): Promise<RecordingUpstream> {
  const results = ids.map((id, index) => oneTimeRow({ id, aggregate: number(String(index + 1)) }));
  return startRecordingUpstream('MAPLE', () => ({ pagination: {}, results }));
}

describe('added Maple charges', () => {
  it('are found by their ids, in the order in which they were made, in one read', async () => {
    const upstream = await upstreamWith('one_3', 'one_2', 'one_1');
    const charges = await writesOver(upstream).addedCharges('cus_1', newCharges(), ['one_1', 'one_3']);
    expect(charges).toMatchObject([
      { providerId: 'one_1', quantity: '3' },
      { providerId: 'one_3', quantity: '1' },
    ]);
    expect(upstream.calls()).toEqual(['POST /api/v1/companies/cmp_1/one_times/find']);
  });

  it('are missed where one of them is not shown', async () => {
    const upstream = await upstreamWith('one_1');
    const reading = writesOver(upstream).addedCharges('cus_1', newCharges(), ['one_1', 'one_2']);
    await expect(reading).rejects.toThrow(UpstreamNotFoundError);
  });

  it('are missed where they cannot be read', async () => {
    const upstream = await startRecordingUpstream('MAPLE', () => 503);
    const reading = writesOver(upstream).addedCharges('cus_1', newCharges(), ['one_1']);
    await expect(reading).rejects.toThrow(UpstreamUnavailableError);
  });
});

describe('the regeneration of an invoice', () => {
  it('is none of what Maple can do', async () => {
    const upstream = await upstreamWith();
    expect(writesOver(upstream).regenerateInvoice(REF)).toBeNull();
    expect(upstream.requests).toEqual([]);
  });
});

describe('a write', () => {
  it('asks nobody before it is run', async () => {
    const upstream = await upstreamWith();
    const writes = writesOver(upstream);
    expect(writes.voidInvoice(REF).operation).toBe('voidInvoice');
    expect(writes.addOneTimeCharge('cus_1', newCharges()).operation).toBe('createOneTimeCharges');
    expect(upstream.requests).toEqual([]);
  });
});
