import { describe, expect, it } from 'vitest';
import { UpstreamUnavailableError } from '../../../src/errors/upstream-error.ts';
import { voidInvoiceWrite } from '../../../src/upstream/metronome/void-invoice.ts';
import type { MetronomeInvoice } from '../../../src/upstream/metronome/wire.gen.ts';
import { documentedRequests } from '../documented-members.ts';
import { otherWrites } from '../other-writes.ts';
import { ENDLESS, startRecordingUpstream, type RecordingUpstream } from '../recording-upstream.ts';
import { num, wireInvoice } from './wire-builders.ts';

const REF = { provider: 'METRONOME', customerId: 'customer-1', providerId: 'invoice-1' } as const;
const documented = documentedRequests('metronome');

/** An upstream that has this invoice, and answers writes with another value. */
function upstreamWith(
  invoice: MetronomeInvoice | number,
  answer: object = { data: { id: 'invoice-1' } },
): Promise<RecordingUpstream> {
  return startRecordingUpstream('METRONOME', ({ method }) => {
    if (method === 'POST') return answer;
    return typeof invoice === 'number' ? invoice : { data: invoice };
  });
}

describe('the voiding of a Metronome invoice', () => {
  it('is sent with the id alone', async () => {
    const upstream = await upstreamWith(wireInvoice());
    await voidInvoiceWrite(upstream.client, REF).send('derived-key', ENDLESS);
    expect(upstream.requests).toMatchObject([
      {
        method: 'POST',
        path: '/v1/invoices/void',
        idempotencyKey: 'derived-key',
        body: '{"id":"invoice-1"}',
      },
    ]);
    expect(upstream.requests.flatMap(documented.problems)).toEqual([]);
  });

  it('gives the invoice as it was before, but void', async () => {
    const upstream = await upstreamWith(wireInvoice({ total: num('12345'), status: 'FINALIZED' }));
    const write = voidInvoiceWrite(upstream.client, REF);
    expect(await write.survey(ENDLESS)).toEqual({ kind: 'ready', before: [] });
    const attempt = await write.send('key', ENDLESS);
    if (attempt.kind !== 'done') throw new Error(attempt.kind);
    expect(attempt.answer.effect([], new Set())).toEqual(['invoice-1']);
    expect(attempt.answer.result).toMatchObject({
      isFresh: false,
      invoice: {
        providerId: 'invoice-1',
        status: 'VOID',
        providerStatus: 'VOID',
        total: { amount: '123.45' },
      },
    });
    expect(upstream.calls()).toEqual([
      'GET /v1/customers/customer-1/invoices/invoice-1',
      'POST /v1/invoices/void',
    ]);
  });

  it('does not find an invoice that Metronome does not know, and sends nothing', async () => {
    const upstream = await upstreamWith(404);
    expect(await voidInvoiceWrite(upstream.client, REF).survey(ENDLESS)).toEqual({ kind: 'not-found' });
  });

  it.each<[string, MetronomeInvoice | number]>([
    ['could not be read', 503],
    ['cannot be shown', wireInvoice({ start_timestamp: 'yesterday' })],
  ])('works without what the invoice was before, where that %s', async (_, invoice) => {
    const upstream = await upstreamWith(invoice);
    const write = voidInvoiceWrite(upstream.client, REF);
    expect(await write.survey(ENDLESS)).toEqual({ kind: 'ready', before: [] });
    expect(await write.send('key', ENDLESS)).toMatchObject({ kind: 'done', answer: { result: null } });
  });

  it.each([{}, { data: null }])('took effect also where the answer is %j', async (answer) => {
    const upstream = await upstreamWith(wireInvoice(), answer);
    expect(await voidInvoiceWrite(upstream.client, REF).send('key', ENDLESS)).toMatchObject({ kind: 'done' });
  });

  it.each([
    ['VOID', ['invoice-1']],
    ['void', ['invoice-1']],
    ['FINALIZED', null],
    ['DRAFT', null],
    ['SOMETHING_NEW', null],
  ])('is seen by the status %s: %j', async (status, effect) => {
    const upstream = await upstreamWith(wireInvoice({ status }));
    expect(await voidInvoiceWrite(upstream.client, REF).find([], otherWrites(), ENDLESS)).toEqual(effect);
  });

  it('belongs to every key that asked for it', async () => {
    const upstream = await upstreamWith(wireInvoice({ status: 'VOID' }));
    const write = voidInvoiceWrite(upstream.client, REF);
    expect(await write.find([], otherWrites(['invoice-1']), ENDLESS)).toEqual(['invoice-1']);
    expect(write.lane).toBeNull();
  });

  it('is not seen on an invoice that is gone', async () => {
    const upstream = await upstreamWith(404);
    expect(await voidInvoiceWrite(upstream.client, REF).find([], otherWrites(), ENDLESS)).toBeNull();
  });

  it('is not told where the invoice cannot be read', async () => {
    const upstream = await upstreamWith(500);
    const write = voidInvoiceWrite(upstream.client, REF);
    await expect(write.find([], otherWrites(), ENDLESS)).rejects.toThrow(UpstreamUnavailableError);
  });
});
