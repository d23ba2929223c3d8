import { describe, expect, it } from 'vitest';
import { UpstreamUnavailableError } from '../../../src/errors/upstream-error.ts';
import { voidInvoiceWrite } from '../../../src/upstream/maple/void-invoice.ts';
import { documentedRequests } from '../documented-members.ts';
import { otherWrites } from '../other-writes.ts';
import { ENDLESS, startRecordingUpstream } from '../recording-upstream.ts';
import { invoiceRow, money } from './wire-rows.ts';

const REF = { provider: 'MAPLE', customerId: 'cus_1', providerId: 'uuid-1' } as const;
const documented = documentedRequests('maple');

describe('the voiding of a Maple invoice', () => {
  it('is sent without a body, and gives the invoice that is answered', async () => {
    const row = invoiceRow({ status: 'VOID', total: money('12345') });
    const upstream = await startRecordingUpstream('MAPLE', () => row);
    const write = voidInvoiceWrite(upstream.client, 'cmp_1', REF);
    expect(await write.survey(ENDLESS)).toEqual({ kind: 'ready', before: [] });
    const attempt = await write.send('derived-key', ENDLESS);
    expect(upstream.requests).toMatchObject([
      { method: 'GET', path: '/api/v1/companies/cmp_1/invoices/uuid-1', idempotencyKey: null },
      {
        method: 'POST',
        path: '/api/v1/companies/cmp_1/invoices/uuid-1/void',
        idempotencyKey: 'derived-key',
        body: '',
      },
    ]);
    expect(upstream.requests.flatMap(documented.problems)).toEqual([]);
    if (attempt.kind !== 'done') throw new Error(attempt.kind);
    expect(attempt.answer.effect([], new Set())).toEqual(['uuid-1']);
    expect(attempt.answer.result).toMatchObject({
      isFresh: true,
      invoice: { providerId: 'uuid-1', status: 'VOID', total: { amount: '123.45' } },
    });
  });

  it('is not begun for an invoice that is not there, or of another customer than the id says', async () => {
    const other = await startRecordingUpstream('MAPLE', () => invoiceRow({ customer_id: 'cus_other' }));
    expect(await voidInvoiceWrite(other.client, 'cmp_1', REF).survey(ENDLESS)).toEqual({ kind: 'not-found' });
    const none = await startRecordingUpstream('MAPLE', () => 404);
    expect(await voidInvoiceWrite(none.client, 'cmp_1', REF).survey(ENDLESS)).toEqual({ kind: 'not-found' });
  });

  it('is begun also where the invoice cannot be read', async () => {
    const upstream = await startRecordingUpstream('MAPLE', () => 503);
    const write = voidInvoiceWrite(upstream.client, 'cmp_1', REF);
    expect(await write.survey(ENDLESS)).toEqual({ kind: 'ready', before: [] });
  });

  it('took effect also where the answer cannot be shown', async () => {
    const row = invoiceRow({ status: 'VOID', invoice_date: 'yesterday' });
    const upstream = await startRecordingUpstream('MAPLE', () => row);
    const attempt = await voidInvoiceWrite(upstream.client, 'cmp_1', REF).send('key', ENDLESS);
    expect(attempt).toMatchObject({ kind: 'done', answer: { result: null } });
  });

  it('says nothing sure where the answer is no invoice', async () => {
    const upstream = await startRecordingUpstream('MAPLE', () => ({}));
    const attempt = await voidInvoiceWrite(upstream.client, 'cmp_1', REF).send('key', ENDLESS);
    expect(attempt).toEqual({ kind: 'unclear', answer: 'failure' });
  });

  it.each([
    ['VOID', ['uuid-1']],
    ['PENDING', null],
    ['PAID', null],
    ['SOMETHING_NEW', null],
  ])('is seen by the status %s: %j', async (status, effect) => {
    const upstream = await startRecordingUpstream('MAPLE', () => invoiceRow({ status }));
    const write = voidInvoiceWrite(upstream.client, 'cmp_1', REF);
    expect(await write.find([], otherWrites(['uuid-1']), ENDLESS)).toEqual(effect);
    expect(upstream.calls()).toEqual(['GET /api/v1/companies/cmp_1/invoices/uuid-1']);
    expect(write.lane).toBeNull();
  });

  it('is not seen on an invoice that is gone', async () => {
    const upstream = await startRecordingUpstream('MAPLE', () => 404);
    expect(await voidInvoiceWrite(upstream.client, 'cmp_1', REF).find([], otherWrites(), ENDLESS)).toBeNull();
  });

  it('is not told where the invoice cannot be read', async () => {
    const upstream = await startRecordingUpstream('MAPLE', () => 503);
    const write = voidInvoiceWrite(upstream.client, 'cmp_1', REF);
    await expect(write.find([], otherWrites(), ENDLESS)).rejects.toThrow(UpstreamUnavailableError);
  });

  it('is another input for another invoice, and for another company', async () => {
    const { client } = await startRecordingUpstream('MAPLE', () => 404);
    const requests = [
      voidInvoiceWrite(client, 'cmp_1', REF),
      voidInvoiceWrite(client, 'cmp_1', { ...REF, providerId: 'uuid-2' }),
      voidInvoiceWrite(client, 'cmp_2', REF),
    ].map(({ request }) => JSON.stringify(request));
    expect(new Set(requests).size).toBe(3);
  });
});
