import { describe, expect, it } from 'vitest';
import type { NewMetronomeCharge } from '../../../src/domain/mutation/new-charge.ts';
import { UpstreamUnavailableError } from '../../../src/errors/upstream-error.ts';
import { addChargeWrite } from '../../../src/upstream/metronome/add-charge.ts';
import { fingerprint, upstreamKey } from '../../../src/write/write-keys.ts';
import { decimal, instant } from '../../domain/mutation/charge-inputs.ts';
import { pickObject } from '../../support/pick.ts';
import { documentedRequests } from '../documented-members.ts';
import { fiat, units } from '../new-money.ts';
import { otherWrites } from '../other-writes.ts';
import { ENDLESS, startRecordingUpstream } from '../recording-upstream.ts';
import { CHARGE_ID, CUSTOMER_ID, draft, invoicesUpstream, newCharge, page, part } from './charge-upstream.ts';
import { euros, num, tokens, wireCustomerPlan } from './wire-builders.ts';

const NOBODY: ReadonlySet<string> = new Set();
const documented = documentedRequests('metronome');

describe('a charge that is sent to Metronome', () => {
  it('has the documented members, and no other', async () => {
    const upstream = await invoicesUpstream();
    const write = addChargeWrite(upstream.client, CUSTOMER_ID, newCharge());
    const key = upstreamKey({ account: 'a', caller: 'c', idempotencyKey: 'k'.repeat(64) }, 1);
    expect(await write.send(key, ENDLESS)).toMatchObject({ kind: 'done' });
    expect(upstream.requests).toMatchObject([
      {
        method: 'POST',
        path: '/v1/customers/customer-1/addCharge',
        idempotencyKey: key,
        body:
          '{"charge_id":"e0a4b3c2-1d2e-4f3a-8b4c-5d6e7f8a9b05",' +
          '"customer_plan_id":"9a7c2f44-3f0e-4b57-9d36-0f9d1c0d2e03","description":"Workshop",' +
          '"invoice_start_timestamp":"2026-06-01T00:00:00Z","price":1250,"quantity":2}',
      },
    ]);
    expect(key.length).toBeLessThanOrEqual(64);
    expect(upstream.requests.flatMap(documented.problems)).toEqual([]);
    const body: unknown = JSON.parse(upstream.requests[0]?.body ?? '');
    expect(Object.keys(pickObject(body)).toSorted()).toEqual(documented.members('AddChargeRequest'));
  });

  it.each<[Partial<NewMetronomeCharge>, string]>([
    [{ unitPrice: fiat('0.0001'), quantity: decimal('0.5') }, '"price":0.01,"quantity":0.5}'],
    [{ unitPrice: fiat('0'), quantity: decimal('1000000') }, '"price":0,"quantity":1000000}'],
    [{ unitPrice: fiat('1234567890123.45') }, '"price":123456789012345,"quantity":2}'],
    [{ quantity: decimal('0.000000000012345') }, '"price":1250,"quantity":0.000000000012345}'],
    [{ unitPrice: fiat('12.30', 'EUR') }, '"price":12.3,"quantity":2}'],
    [{ unitPrice: units('7.25') }, '"price":7.25,"quantity":2}'],
    [{ description: 'Zoë "7" \n' }, '"description":"Zoë \\"7\\" \\n",'],
    [
      { invoiceStart: instant('2026-06-01T00:00:00.000Z') },
      '"invoice_start_timestamp":"2026-06-01T00:00:00Z"',
    ],
  ])('writes %j digit for digit', async (changes, text) => {
    const upstream = await invoicesUpstream();
    await addChargeWrite(upstream.client, CUSTOMER_ID, newCharge(changes)).send('key', ENDLESS);
    expect(upstream.requests[0]?.body).toContain(text);
  });

  it('is one input with another that would be sent alike', async () => {
    const { client } = await invoicesUpstream();
    const printOf = (changes: Partial<NewMetronomeCharge>, customerId = CUSTOMER_ID): string =>
      fingerprint(addChargeWrite(client, customerId, newCharge(changes)));
    const prints = [
      printOf({}),
      printOf({}, 'customer-2'),
      printOf({ description: 'Another' }),
      printOf({ quantity: decimal('3') }),
      printOf({ unitPrice: fiat('12.51') }),
      printOf({ customerPlanId: '00000000-0000-4000-8000-000000000000' }),
    ];
    expect(new Set(prints).size).toBe(prints.length);
    expect(printOf({ quantity: decimal('2.0'), unitPrice: fiat('12.5') })).toBe(prints[0]);
  });
});

describe('the survey before a charge', () => {
  it('counts what bills the same on the invoices of that start', async () => {
    const upstream = await invoicesUpstream(draft([part(), part({ quantity: num('3') }), part()]));
    const write = addChargeWrite(upstream.client, CUSTOMER_ID, newCharge());
    expect(await write.survey(ENDLESS)).toEqual({ kind: 'ready', before: ['2'] });
    expect(upstream.calls()).toEqual(['GET /v1/customers/customer-1/invoices']);
    expect(Object.fromEntries(upstream.requests[0]?.query ?? [])).toEqual({
      limit: '100',
      sort: 'date_desc',
      starting_on: '2026-06-01T00:00:00Z',
    });
  });

  it('counts over two drafts, since either may be that of the plan', async () => {
    const upstream = await invoicesUpstream(
      draft([part()]),
      draft([part()], { id: 'draft-2', plan_id: 'plan-2' }),
    );
    const write = addChargeWrite(upstream.client, CUSTOMER_ID, newCharge());
    expect(await write.survey(ENDLESS)).toEqual({ kind: 'ready', before: ['2'] });
  });

  it('leaves it to Metronome where no invoice starts then', async () => {
    const upstream = await invoicesUpstream(draft([part()], { start_timestamp: '2026-07-01T00:00:00Z' }));
    const write = addChargeWrite(upstream.client, CUSTOMER_ID, newCharge());
    expect(await write.survey(ENDLESS)).toEqual({ kind: 'ready', before: ['0'] });
  });

  it.each([
    ['euros on an invoice in dollars', fiat('1', 'EUR'), {}],
    ['dollars on an invoice in euros', fiat('1'), { credit_type: euros }],
    ['dollars on an invoice in tokens', fiat('1'), { credit_type: tokens }],
    ['tokens on an invoice in dollars', units('1'), {}],
    ['tokens on an invoice in other tokens', units('1', 'unit-other'), { credit_type: tokens }],
  ])('refuses %s, and nothing is written', async (_, unitPrice, members) => {
    const upstream = await invoicesUpstream(draft([part()], members));
    const write = addChargeWrite(upstream.client, CUSTOMER_ID, newCharge({ unitPrice }));
    expect(await write.survey(ENDLESS)).toEqual({
      kind: 'invalid',
      field: 'charge.metronome.unitPrice',
      message: 'The invoice is not in the unit of this price.',
    });
    expect(upstream.calls()).toEqual(['GET /v1/customers/customer-1/invoices']);
  });

  it.each([
    ['euros', fiat('1', 'EUR'), euros],
    ['tokens', units('1', 'UNIT-TOKENS'), tokens],
  ])('takes %s on an invoice in them', async (_, unitPrice, unit) => {
    const upstream = await invoicesUpstream(draft([part()], { credit_type: unit }));
    const write = addChargeWrite(upstream.client, CUSTOMER_ID, newCharge({ unitPrice }));
    expect(await write.survey(ENDLESS)).toMatchObject({ kind: 'ready' });
  });

  it.each([
    ['in the unit of the price', 'plan-tokens', { kind: 'ready', before: ['1'] }],
    ['in another unit', 'plan-dollars', { kind: 'invalid', field: 'charge.metronome.unitPrice' }],
    ['not shown', 'plan-other', { kind: 'ready', before: ['1'] }],
  ])('judges by the plan of the customer plan, whose invoice is %s', async (_, planId, survey) => {
    const charge = newCharge({ unitPrice: units('1250', tokens.id) });
    const drafts = page(
      draft([part()], { id: 'invoice-1', plan_id: 'plan-dollars' }),
      draft([part({ charge_id: 'other' })], { id: 'invoice-2', plan_id: 'plan-tokens', credit_type: tokens }),
    );
    const held = [
      wireCustomerPlan({ id: 'another' }),
      wireCustomerPlan({ id: charge.customerPlanId, plan_id: planId }),
    ];
    const upstream = await startRecordingUpstream('METRONOME', ({ path }) =>
      path.endsWith('/plans') ? { data: held, next_page: null } : drafts,
    );
    expect(await addChargeWrite(upstream.client, CUSTOMER_ID, charge).survey(ENDLESS)).toMatchObject(survey);
    expect(upstream.calls()).toEqual([
      'GET /v1/customers/customer-1/invoices',
      'GET /v1/customers/customer-1/plans',
    ]);
  });

  it('does not find a customer that Metronome does not know', async () => {
    const upstream = await startRecordingUpstream('METRONOME', () => 404);
    const write = addChargeWrite(upstream.client, CUSTOMER_ID, newCharge());
    expect(await write.survey(ENDLESS)).toEqual({ kind: 'not-found' });
  });

  it('fails where the invoices cannot be read', async () => {
    const upstream = await startRecordingUpstream('METRONOME', () => 503);
    const write = addChargeWrite(upstream.client, CUSTOMER_ID, newCharge());
    await expect(write.survey(ENDLESS)).rejects.toThrow(UpstreamUnavailableError);
  });
});

describe('the effect of a charge', () => {
  it.each<[string, number, string[], string[], string[] | null]>([
    ['is the first part more than before', 3, ['2'], [], ['3']],
    ['is not there where no part is more than before', 2, ['2'], [], null],
    ['is not there where parts have gone', 1, ['2'], [], null],
    ['is not one that belongs to another write', 3, ['2'], ['3'], null],
    ['is the first that belongs to nobody', 5, ['1'], ['2', '3'], ['4']],
    ['is not shifted by what belonged to others before', 3, ['2'], ['1', '2'], ['3']],
    ['is the first part of all where there was none', 1, ['0'], [], ['1']],
  ])('%s', async (_, parts, before, claimed, effect) => {
    const upstream = await invoicesUpstream(draft(Array.from({ length: parts }, () => part())));
    const write = addChargeWrite(upstream.client, CUSTOMER_ID, newCharge());
    expect(await write.find(before, otherWrites(claimed), ENDLESS)).toEqual(effect);
  });

  it('is the next place where the answer tells that there is one', async () => {
    const upstream = await invoicesUpstream();
    const attempt = await addChargeWrite(upstream.client, CUSTOMER_ID, newCharge()).send('key', ENDLESS);
    const effect = attempt.kind === 'done' ? attempt.answer.effect : () => [];
    expect(effect(['2'], NOBODY)).toEqual(['3']);
    expect(effect(['2'], new Set(['3']))).toEqual(['4']);
    expect(effect(['0'], NOBODY)).toEqual(['1']);
  });

  it('is not told where the invoices cannot be read', async () => {
    const upstream = await startRecordingUpstream('METRONOME', () => 500);
    const write = addChargeWrite(upstream.client, CUSTOMER_ID, newCharge());
    await expect(write.find(['0'], otherWrites(), ENDLESS)).rejects.toThrow(UpstreamUnavailableError);
  });

  it('is looked for on every page', async () => {
    const upstream = await startRecordingUpstream('METRONOME', ({ query }) =>
      query.get('next_page') === 'second'
        ? page(draft([part()], { id: 'draft-2' }))
        : { data: [draft([part()])], next_page: 'second' },
    );
    const write = addChargeWrite(upstream.client, CUSTOMER_ID, newCharge());
    expect(await write.find(['1'], otherWrites(), ENDLESS)).toEqual(['2']);
  });
});

describe('the lane of charges', () => {
  async function lanesOf(
    ...charges: readonly [Partial<NewMetronomeCharge>, string?][]
  ): Promise<Set<unknown>> {
    const { client } = await invoicesUpstream();
    return new Set(
      charges.map(
        ([changes, customerId = CUSTOMER_ID]) => addChargeWrite(client, customerId, newCharge(changes)).lane,
      ),
    );
  }

  it('is one for charges that state alone cannot tell apart', async () => {
    const customerPlanId = '00000000-0000-4000-8000-000000000000';
    const [description, chargeId] = ['Another', CHARGE_ID.toUpperCase()];
    const lanes = await lanesOf([{}], [{ description }], [{ customerPlanId }], [{ chargeId }]);
    expect(lanes.size).toBe(1);
  });

  it('is another one for charges that it can', async () => {
    const lanes = await lanesOf(
      [{}],
      [{}, 'customer-2'],
      [{ quantity: decimal('3') }],
      [{ unitPrice: fiat('12.51') }],
      [{ invoiceStart: instant('2026-07-01T00:00:00Z') }],
      [{ chargeId: '00000000-0000-4000-8000-000000000000' }],
    );
    expect(lanes.size).toBe(6);
  });
});
