import { describe, expect, it } from 'vitest';
import { UpstreamNotFoundError, UpstreamUnavailableError } from '../../../src/errors/upstream-error.ts';
import { regenerateInvoiceWrite } from '../../../src/upstream/metronome/regenerate-invoice.ts';
import type { MetronomeInvoice } from '../../../src/upstream/metronome/wire.gen.ts';
import { documentedRequests } from '../documented-members.ts';
import { otherWrites } from '../other-writes.ts';
import { ENDLESS, startRecordingUpstream, type RecordingUpstream } from '../recording-upstream.ts';
import { page } from './charge-upstream.ts';
import { wireInvoice } from './wire-builders.ts';

const REF = { provider: 'METRONOME', customerId: 'customer-1', providerId: 'voided' } as const;
const documented = documentedRequests('metronome');

/** An invoice of June, with some members changed. */
function ofJune(id: string, members: Partial<MetronomeInvoice> = {}): MetronomeInvoice {
  const [start, end] = ['2026-06-01T00:00:00Z', '2026-07-01T00:00:00Z'];
  return wireInvoice({ id, start_timestamp: start, end_timestamp: end, ...members });
}
const VOIDED = ofJune('voided', { status: 'VOID' });

/** An upstream that has the voided invoice among others, and answers writes with a value. */
function upstreamWith(
  others: readonly MetronomeInvoice[],
  answer: object | number = {},
): Promise<RecordingUpstream> {
  return startRecordingUpstream('METRONOME', ({ method, path }) => {
    if (method === 'POST') return answer;
    return path.endsWith('/invoices') ? page(...others, VOIDED) : { data: VOIDED };
  });
}

describe('the regeneration of a Metronome invoice', () => {
  it('is sent with the id alone, and makes the invoice that the answer names', async () => {
    const upstream = await upstreamWith([], { data: { id: 'made' } });
    const attempt = await regenerateInvoiceWrite(upstream.client, REF).send('derived-key', ENDLESS);
    expect(attempt.kind === 'done' && attempt.answer.effect([], new Set())).toEqual(['made']);
    expect(upstream.requests).toMatchObject([
      {
        method: 'POST',
        path: '/v1/invoices/regenerate',
        idempotencyKey: 'derived-key',
        body: '{"id":"voided"}',
      },
    ]);
    expect(upstream.requests.flatMap(documented.problems)).toEqual([]);
  });

  it.each([{}, { data: null }, { data: { id: '' } }, { data: { id: '../7' } }])(
    'says nothing sure where the answer is %j',
    async (answer) => {
      const upstream = await upstreamWith([], answer);
      expect(await regenerateInvoiceWrite(upstream.client, REF).send('key', ENDLESS)).toEqual({
        kind: 'unclear',
        answer: 'failure',
      });
    },
  );

  it('does not find an invoice that Metronome does not know', async () => {
    const upstream = await startRecordingUpstream('METRONOME', () => 404);
    expect(await regenerateInvoiceWrite(upstream.client, REF).survey(ENDLESS)).toEqual({ kind: 'not-found' });
    expect(upstream.calls()).toEqual(['GET /v1/customers/customer-1/invoices/voided']);
  });

  it('knows which invoices of the period were there before, from one list', async () => {
    const upstream = await upstreamWith([
      ofJune('earlier'),
      ofJune('of another', { regenerated_from_invoice_id: 'x' }),
    ]);
    const write = regenerateInvoiceWrite(upstream.client, REF);
    expect(await write.survey(ENDLESS)).toEqual({ kind: 'ready', before: ['earlier'] });
    expect(upstream.calls()).toEqual([
      'GET /v1/customers/customer-1/invoices/voided',
      'GET /v1/customers/customer-1/invoices',
    ]);
    expect(upstream.requests[1]?.query.get('starting_on')).toBe('2026-06-01T00:00:00Z');
  });
});

describe('the regenerated invoice', () => {
  async function found(invoices: readonly MetronomeInvoice[], before: string[] = [], others = otherWrites()) {
    const upstream = await upstreamWith(invoices);
    return regenerateInvoiceWrite(upstream.client, REF).find(before, others, ENDLESS);
  }

  it('is the one that names the voided one, whatever it is otherwise', async () => {
    const made = wireInvoice({ id: 'made', type: 'OTHER', regenerated_from_invoice_id: 'voided' });
    expect(await found([ofJune('sibling', { regenerated_from_invoice_id: 'x' }), made])).toEqual(['made']);
  });

  it('is the new one of the same period and kind where none names what it replaces', async () => {
    expect(await found([ofJune('made')])).toEqual(['made']);
    expect(await found([ofJune('made', { regenerated_from_invoice_id: null })])).toEqual(['made']);
  });

  it.each(['2026-06-01T00:00:00.000Z', '2026-06-01T02:00:00+02:00'])(
    'is of the same period however that is written: %s',
    async (start) => {
      expect(await found([ofJune('made', { start_timestamp: start })])).toEqual(['made']);
    },
  );

  it('is the newest one where there are two', async () => {
    expect(await found([ofJune('newer'), ofJune('older')])).toEqual(['newer']);
  });

  it('is one that was there before another write, which can only have made a later one', async () => {
    const others = otherWrites([], [['older']]);
    expect(await found([ofJune('newer'), ofJune('older')], [], others)).toEqual(['older']);
    expect(await found([ofJune('newer'), ofJune('older')], ['older'], others)).toEqual(['newer']);
  });

  it.each<[string, MetronomeInvoice[], string[], string[]]>([
    ['there is none', [], [], []],
    ['all were there before', [ofJune('earlier')], ['earlier'], []],
    ['it belongs to another write', [ofJune('made')], [], ['made']],
    ['it is of another type', [ofJune('made', { type: 'CORRECTION' })], [], []],
    ['it is of another plan', [ofJune('made', { plan_id: 'plan-2' })], [], []],
    ['it starts at another time', [ofJune('made', { start_timestamp: '2026-06-02T00:00:00Z' })], [], []],
    ['it ends at another time', [ofJune('made', { end_timestamp: '2026-07-02T00:00:00Z' })], [], []],
    ['it has no end', [ofJune('made', { end_timestamp: null })], [], []],
    ['it replaces another one', [ofJune('made', { regenerated_from_invoice_id: 'x' })], [], []],
    ['its id cannot be used', [ofJune('a/b')], [], []],
  ])('is not there where %s', async (_, others, before, claimed) => {
    expect(await found(others, before, otherWrites(claimed))).toBeNull();
  });

  it('is told apart from the voided one, whatever the case of a UUID', async () => {
    const id = 'e0a4b3c2-1d2e-4f3a-8b4c-5d6e7f8a9b05';
    const voided = ofJune(id, { status: 'VOID' });
    const others = [ofJune(id.toUpperCase(), { status: 'VOID' })];
    const { client } = await startRecordingUpstream('METRONOME', ({ path }) =>
      path.endsWith('/invoices') ? page(...others) : { data: voided },
    );
    const write = regenerateInvoiceWrite(client, { ...REF, providerId: id });
    expect(await write.find([], otherWrites(), ENDLESS)).toBeNull();
  });

  it('is not told where the voided one is gone, or cannot be read', async () => {
    const gone = await startRecordingUpstream('METRONOME', () => 404);
    const write = regenerateInvoiceWrite(gone.client, REF);
    await expect(write.find([], otherWrites(), ENDLESS)).rejects.toThrow(UpstreamNotFoundError);
    const down = await startRecordingUpstream('METRONOME', () => 502);
    const other = regenerateInvoiceWrite(down.client, REF);
    await expect(other.find([], otherWrites(), ENDLESS)).rejects.toThrow(UpstreamUnavailableError);
  });
});
