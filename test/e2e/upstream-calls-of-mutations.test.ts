import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentedCalls } from '../support/documented-calls.ts';
import { findMutationSamples, type MutationSamples } from '../support/mutation-samples.ts';
import { pick } from '../support/pick.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

const ADD = 'mutation ($input: AddOneTimeChargeInput!) { result: addOneTimeCharge(input: $input)';
const VOID = 'mutation ($input: VoidInvoiceInput!) { result: voidInvoice(input: $input)';
const REGENERATE = 'mutation ($input: RegenerateInvoiceInput!) { result: regenerateInvoice(input: $input)';

/** Every row of the table is measured here, and everything measured here is a row of it. */
describe('a mutation', () => {
  let gateway: TestGateway;
  let samples: MutationSamples;
  const { expectCalls, unmeasured } = documentedCalls('Mutations', () => gateway);
  beforeAll(async () => {
    gateway = await startTestGateway({
      metronome: { companyCount: 5 },
      maple: { companyCount: 5 },
      env: { IDEMPOTENCY_PATH: ':memory:' },
    });
    samples = await findMutationSamples(gateway);
  });
  afterAll(() => gateway.stop());

  const keyed = (input: object | undefined, idempotencyKey: string): { readonly input: object } => ({
    input: { ...input, idempotencyKey },
  });

  it('that adds a charge on Metronome looks at the invoice, writes, and reads the charge once if it is shown', async () => {
    await expectCalls(
      '`addOneTimeCharge(input:) { __typename }` of Metronome',
      { 'METRONOME GET /v1/customers/:id/invoices': 1, 'METRONOME POST /v1/customers/:id/addCharge': 1 },
      `${ADD} { __typename } }`,
      keyed(samples.metronomeCharge, 'add-1'),
    );
    const data = await expectCalls(
      'the same with `charges { name }`, under two aliases',
      { 'METRONOME GET /v1/customers/:id/invoices': 2, 'METRONOME POST /v1/customers/:id/addCharge': 1 },
      `${ADD} { ... on AddOneTimeChargeSuccess { a: charges { name } b: charges { name } } } }`,
      keyed(samples.metronomeCharge, 'add-2'),
    );
    expect(pick(data, 'result', 'a')).toEqual([{ name: 'Workshop' }]);
    expect(pick(data, 'result', 'b')).toEqual([{ name: 'Workshop' }]);
  });

  it('that adds a charge on Maple looks at the newest charge, writes, and shows what the answer holds', async () => {
    const data = await expectCalls(
      '`addOneTimeCharge(input:) { charges { name } }` of Maple',
      { 'MAPLE POST /one_times/find': 1, 'MAPLE POST /one_times': 1 },
      `${ADD} { ... on AddOneTimeChargeSuccess { charges { name } } } }`,
      keyed(samples.mapleCharge, 'add-maple'),
    );
    expect(pick(data, 'result', 'charges')).toEqual([{ name: 'Workshop' }]);
  });

  it('that voids an invoice on Metronome reads it before, and after if it is shown', async () => {
    const [invoice, other] = samples.metronomeInvoices;
    await expectCalls(
      '`voidInvoice(input:) { __typename }` of Metronome',
      { 'METRONOME GET /v1/customers/:id/invoices/:id': 1, 'METRONOME POST /v1/invoices/void': 1 },
      `${VOID} { __typename } }`,
      keyed(invoice, 'void-1'),
    );
    const data = await expectCalls(
      'the same with `invoice { status lineItems { nodes { name } } }`',
      { 'METRONOME GET /v1/customers/:id/invoices/:id': 2, 'METRONOME POST /v1/invoices/void': 1 },
      `${VOID} { ... on VoidInvoiceSuccess { invoice { status lineItems { nodes { name } } } } } }`,
      keyed(other, 'void-2'),
    );
    expect(pick(data, 'result', 'invoice', 'status')).toBe('VOID');
  });

  it('that voids an invoice on Maple writes, and shows what the answer holds', async () => {
    const data = await expectCalls(
      '`voidInvoice(input:) { invoice { status } }` of Maple',
      { 'MAPLE GET /invoices/:id': 1, 'MAPLE POST /invoices/:id/void': 1 },
      `${VOID} { ... on VoidInvoiceSuccess { invoice { status } } } }`,
      keyed(samples.mapleInvoices[0], 'void-maple'),
    );
    expect(pick(data, 'result', 'invoice', 'status')).toBe('VOID');
  });

  it('that regenerates an invoice looks at it and at those of its period, and reads the new one if it is shown', async () => {
    const [invoice, other] = samples.metronomeInvoices;
    const survey = {
      'METRONOME GET /v1/customers/:id/invoices/:id': 1,
      'METRONOME GET /v1/customers/:id/invoices': 1,
    };
    await expectCalls(
      '`regenerateInvoice(input:) { __typename }` of Metronome',
      { ...survey, 'METRONOME POST /v1/invoices/regenerate': 1 },
      `${REGENERATE} { __typename } }`,
      keyed(invoice, 'again-1'),
    );
    const data = await expectCalls(
      'the same with `invoice { status }`',
      {
        ...survey,
        'METRONOME GET /v1/customers/:id/invoices/:id': 2,
        'METRONOME POST /v1/invoices/regenerate': 1,
      },
      `${REGENERATE} { ... on RegenerateInvoiceSuccess { invoice { status } } } }`,
      keyed(other, 'again-2'),
    );
    expect(pick(data, 'result', 'invoice', 'status')).toBe('OPEN');
  });

  it('that no system has asks nobody', async () => {
    const data = await expectCalls(
      '`regenerateInvoice(input:) { __typename }` of Maple',
      {},
      `${REGENERATE} { __typename } }`,
      keyed(samples.mapleInvoices[0], 'again-maple'),
    );
    expect(pick(data, 'result', '__typename')).toBe('UnsupportedByProviderError');
  });

  it('that is refused at once, or known already, asks nobody', async () => {
    const shape =
      'any of them with bad input, or with `__typename` alone and a key that has succeeded before';
    for (const [query, input, typename] of [
      [ADD, keyed(samples.metronomeCharge, 'a b'), 'InvalidInputError'],
      [VOID, keyed({ invoiceId: 'none' }, 'bad'), 'InvalidInputError'],
      [ADD, keyed(samples.metronomeCharge, 'add-1'), 'AddOneTimeChargeSuccess'],
      [ADD, keyed(samples.mapleCharge, 'add-maple'), 'AddOneTimeChargeSuccess'],
      [VOID, keyed(samples.metronomeInvoices[0], 'void-1'), 'VoidInvoiceSuccess'],
      [REGENERATE, keyed(samples.metronomeInvoices[0], 'again-1'), 'RegenerateInvoiceSuccess'],
    ] as const) {
      const data = await expectCalls(shape, {}, `${query} { __typename } }`, input);
      expect(pick(data, 'result', '__typename')).toBe(typename);
    }
  });

  it('has its cost in the document, row for row', () => {
    expect(unmeasured()).toEqual([]);
  });
});
