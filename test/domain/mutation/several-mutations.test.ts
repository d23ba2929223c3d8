import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findMutationSamples, type MutationSamples } from '../../support/mutation-samples.ts';
import { pick, pickList, pickText } from '../../support/pick.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';

let gateway: TestGateway;
let samples: MutationSamples;
beforeEach(async () => {
  gateway = await startTestGateway({
    metronome: { companyCount: 5 },
    maple: { companyCount: 5 },
    env: { IDEMPOTENCY_PATH: ':memory:' },
  });
  samples = await findMutationSamples(gateway);
  gateway.forgetCalls();
});
afterEach(() => gateway.stop());

/** How often the sandboxes were written to. */
function writes(): number {
  const paths = [...gateway.metronome.requests, ...gateway.maple.requests].map(({ path }) => path);
  return paths.filter((path) => /(?:addCharge|one_times|void|regenerate)$/.test(path)).length;
}

const ADD_TWO = `mutation ($first: AddOneTimeChargeInput!, $second: AddOneTimeChargeInput!) {
  first: addOneTimeCharge(input: $first) { ...Added }
  second: addOneTimeCharge(input: $second) { ...Added }
}
fragment Added on AddOneTimeChargeResult {
  __typename
  ... on AddOneTimeChargeSuccess {
    charges { providerId name }
    customer {
      invoices(first: 1, filter: { statuses: [DRAFT] }) { nodes { total { minorAmount } } }
      charges(first: 100) { nodes { providerId } }
    }
  }
}`;

describe('two mutations in one operation', () => {
  it('each show what is there after them: an invoice that is voided, and then made anew', async () => {
    const [invoice] = samples.metronomeInvoices;
    const data = await gateway.data(
      `mutation ($void: VoidInvoiceInput!, $again: RegenerateInvoiceInput!) {
        void: voidInvoice(input: $void) {
          ... on VoidInvoiceSuccess { invoice { ...Shown customer { ...Invoices } } }
        }
        again: regenerateInvoice(input: $again) {
          ... on RegenerateInvoiceSuccess { invoice { ...Shown customer { ...Invoices } } }
        }
      }
      fragment Shown on Invoice { id status regeneratedFromId total { amount } }
      fragment Invoices on Customer { invoices(first: 100) { nodes { id status } } }`,
      { void: { ...invoice, idempotencyKey: 'void' }, again: { ...invoice, idempotencyKey: 'again' } },
    );
    const id = invoice?.invoiceId;
    const made = pickText(data, 'again', 'invoice', 'id');
    expect(pick(data, 'void', 'invoice')).toMatchObject({ id, status: 'VOID', regeneratedFromId: null });
    expect(pick(data, 'again', 'invoice', 'status')).toBe('OPEN');
    expect(pick(data, 'again', 'invoice', 'regeneratedFromId')).not.toBeNull();
    expect(pick(data, 'again', 'invoice', 'total')).toEqual(pick(data, 'void', 'invoice', 'total'));
    const before = pickList(data, 'void', 'invoice', 'customer', 'invoices', 'nodes');
    const after = pickList(data, 'again', 'invoice', 'customer', 'invoices', 'nodes');
    expect(before).toContainEqual({ id, status: 'VOID' });
    expect(after).toContainEqual({ id, status: 'VOID' });
    expect(after).toContainEqual({ id: made, status: 'OPEN' });
    expect(after).toHaveLength(before.length + 1);
  });

  it.each(['metronomeCharge', 'mapleCharge'] as const)(
    'each show what is there after them: one %s, and then another alike',
    async (kind) => {
      const data = await gateway.data(ADD_TWO, {
        first: { ...samples[kind], idempotencyKey: 'first' },
        second: { ...samples[kind], idempotencyKey: 'second' },
      });
      const [first, second] = ['first', 'second'].map((name) =>
        pickText(data, name, 'charges', 0, 'providerId'),
      );
      expect(second).not.toBe(first);
      const [early, late] = ['first', 'second'].map((name) =>
        pickList(data, name, 'customer', 'charges', 'nodes').map((charge) => pick(charge, 'providerId')),
      );
      expect(early).toContain(first);
      expect(late).toContain(first);
      expect(late).toContain(second);
      expect(late).toHaveLength((early?.length ?? 0) + 1);
      expect(writes()).toBe(2);
    },
  );

  it('show each what a draft comes to after them', async () => {
    const data = await gateway.data(ADD_TWO, {
      first: { ...samples.metronomeCharge, idempotencyKey: 'first' },
      second: { ...samples.metronomeCharge, idempotencyKey: 'second' },
    });
    const [first, second] = ['first', 'second'].map((name) =>
      Number(pick(data, name, 'customer', 'invoices', 'nodes', 0, 'total', 'minorAmount')),
    );
    expect((second ?? 0) - (first ?? 0)).toBe(2500);
  });

  it('are one where they share key and input', async () => {
    const input = { ...samples.mapleCharge, idempotencyKey: 'same' };
    const data = await gateway.data(ADD_TWO, { first: input, second: input });
    expect(pick(data, 'second')).toEqual(pick(data, 'first'));
    expect(writes()).toBe(1);
  });

  it('are a success and a conflict where they share a key, and nothing else', async () => {
    const [invoice, other] = samples.mapleInvoices;
    const data = await gateway.data(
      `mutation ($a: VoidInvoiceInput!, $b: VoidInvoiceInput!, $c: AddOneTimeChargeInput!) {
        a: voidInvoice(input: $a) { __typename }
        b: voidInvoice(input: $b) { __typename }
        c: addOneTimeCharge(input: $c) { __typename }
      }`,
      {
        a: { ...invoice, idempotencyKey: 'same' },
        b: { ...other, idempotencyKey: 'same' },
        c: { ...samples.metronomeCharge, idempotencyKey: 'same' },
      },
    );
    expect(data).toEqual({
      a: { __typename: 'VoidInvoiceSuccess' },
      b: { __typename: 'IdempotencyConflictError' },
      c: { __typename: 'IdempotencyConflictError' },
    });
    expect(writes()).toBe(1);
  });
});
