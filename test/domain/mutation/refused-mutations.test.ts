import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeNodeId } from '../../../src/node-id.ts';
import type { RecordedRequest } from '../../../src/sandbox/http/sandbox-server.ts';
import { createFaultSwitch } from '../../support/fault-switch.ts';
import { findMutationSamples, type MutationSamples } from '../../support/mutation-samples.ts';
import { pick } from '../../support/pick.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { ADD_ONE_TIME_CHARGE, REGENERATE_INVOICE, VOID_INVOICE } from '../../support/write-operations.ts';

const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';

let gateway: TestGateway;
let samples: MutationSamples;
const faults = createFaultSwitch();
beforeEach(async () => {
  gateway = await startTestGateway({
    metronome: { companyCount: 5, onRequest: faults.onRequest },
    maple: { companyCount: 5, onRequest: faults.onRequest },
    env: { IDEMPOTENCY_PATH: ':memory:' },
  });
  samples = await findMutationSamples(gateway);
  gateway.forgetCalls();
});
afterEach(() => {
  faults.turnOff();
  return gateway.stop();
});

/** What a mutation with this input comes to. */
async function result(query: string, input: object | undefined, idempotencyKey = 'key'): Promise<unknown> {
  return pick(await gateway.data(query, { input: { ...input, idempotencyKey } }), 'result');
}

function isWrite({ path }: RecordedRequest): boolean {
  return /(?:addCharge|one_times|void|regenerate)$/.test(path);
}

describe('the regeneration of a Maple invoice', () => {
  it('is not supported, asks nobody, and leaves its key free', async () => {
    const [invoice] = samples.mapleInvoices;
    expect(await result(REGENERATE_INVOICE, invoice)).toEqual({
      __typename: 'UnsupportedByProviderError',
      message: 'The provider cannot regenerate an invoice.',
      code: 'UNSUPPORTED_BY_PROVIDER',
    });
    expect(gateway.calls()).toEqual({});
    expect(await result(VOID_INVOICE, invoice)).toMatchObject({ __typename: 'VoidInvoiceSuccess' });
  });
});

describe('an object that is not there', () => {
  const NOT_FOUND = { __typename: 'NotFoundError', code: 'NOT_FOUND' };

  it.each([
    ['voiding', VOID_INVOICE],
    ['regeneration', REGENERATE_INVOICE],
  ])('is not found for the %s of a Metronome invoice, and nothing is written', async (_, query) => {
    const { customerId } = await knownCustomers();
    const invoiceId = encodeNodeId('Invoice', 'METRONOME', customerId, UNKNOWN_ID);
    gateway.forgetCalls();
    expect(await result(query, { invoiceId })).toMatchObject(NOT_FOUND);
    expect(gateway.calls()).toEqual({ 'METRONOME GET /v1/customers/:id/invoices/:id': 1 });
  });

  it('is not found for the voiding of a Maple invoice, and nothing is written', async () => {
    const invoiceId = encodeNodeId('Invoice', 'MAPLE', 'cus_1', UNKNOWN_ID);
    expect(await result(VOID_INVOICE, { invoiceId })).toMatchObject(NOT_FOUND);
    expect(gateway.calls()).toEqual({ 'MAPLE GET /invoices/:id': 1 });
  });

  it('is not found for a charge of an unknown Metronome customer, and nothing is written', async () => {
    const customerId = encodeNodeId('Customer', 'METRONOME', UNKNOWN_ID);
    expect(await result(ADD_ONE_TIME_CHARGE, { ...samples.metronomeCharge, customerId })).toMatchObject(
      NOT_FOUND,
    );
    expect(gateway.calls()).toEqual({ 'METRONOME GET /v1/customers/:id/invoices': 1 });
  });

  it('is not found for a charge of an unknown Maple customer, which Maple says', async () => {
    const customerId = encodeNodeId('Customer', 'MAPLE', 'cus_unknown');
    expect(await result(ADD_ONE_TIME_CHARGE, { ...samples.mapleCharge, customerId })).toMatchObject(
      NOT_FOUND,
    );
    expect(gateway.maple.requests.filter(isWrite)).toHaveLength(1);
  });

  it('may be there later, where the gateway itself has looked for it', async () => {
    const customerId = encodeNodeId('Customer', 'METRONOME', UNKNOWN_ID);
    await result(ADD_ONE_TIME_CHARGE, { ...samples.metronomeCharge, customerId });
    expect(await result(ADD_ONE_TIME_CHARGE, samples.metronomeCharge)).toMatchObject({
      __typename: 'AddOneTimeChargeSuccess',
    });
  });

  async function knownCustomers(): Promise<{ readonly customerId: string }> {
    const data = await gateway.data('{ account(identifier: "acct_1001") { customers { providerId } } }');
    return { customerId: String(pick(data, 'account', 'customers', 0, 'providerId')) };
  }
});

describe("a refusal of the gateway's token", () => {
  const MUTATIONS = [
    ['a charge on Metronome', ADD_ONE_TIME_CHARGE, () => samples.metronomeCharge],
    ['a charge on Maple', ADD_ONE_TIME_CHARGE, () => samples.mapleCharge],
    ['the voiding of a Metronome invoice', VOID_INVOICE, () => samples.metronomeInvoices[0]],
    ['the voiding of a Maple invoice', VOID_INVOICE, () => samples.mapleInvoices[0]],
  ] as const;

  it.each(MUTATIONS.flatMap((row) => [[...row, 401] as const, [...row, 403] as const]))(
    'is told for %s, and is not kept',
    async (_, query, input, status) => {
      faults.turnOn((request) =>
        isWrite(request) ? { kind: 'answer', status, body: '{"message":"no"}' } : undefined,
      );
      expect(await result(query, input())).toMatchObject({
        __typename: 'UpstreamRejectedError',
        code: 'UPSTREAM_UNAUTHORIZED',
        providerStatus: status,
      });
      faults.turnOff();
      for (const _ of ['sent', 'replayed'])
        expect(pick(await result(query, input()), '__typename')).toMatch(/Success$/);
      const keys = [...gateway.metronome.requests, ...gateway.maple.requests]
        .filter(isWrite)
        .map(({ headers }) => headers['idempotency-key']);
      expect(keys).toHaveLength(2);
      expect(new Set(keys).size).toBe(2);
    },
  );
});
