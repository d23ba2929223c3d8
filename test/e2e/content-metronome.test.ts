import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pick, pickList, pickObject, pickText } from '../support/pick.ts';
import { callMetronome } from '../support/sandbox-call.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';
import { expectedUsdInvoice, usdCents } from '../support/usd-invoice.ts';
import { digits, optional, optionalList, utc } from '../support/wire-row.ts';

const MONEY = '{ minorAmount currency }';
const INVOICE = `
  providerId status providerStatus type number subtotal ${MONEY} total ${MONEY} amountPaid ${MONEY} amountDue ${MONEY}
  periodStart periodEnd issuedAt dueAt paidAt createdAt hostedUrl pdfUrl netPaymentTermsDays regeneratedFromId
  correction { reason }
  customFields customerCustomFields planCustomFields plan { providerId name }
  externalInvoice { provider invoiceId status issuedAt }
  adjustments { name total ${MONEY} creditGrantId creditGrantCustomFields }
  lineItems(first: 100) { nodes {
    name type quantity unitPrice ${MONEY} total ${MONEY} startsAt endsAt isProrated product { providerId name }
    groupKey groupValue customFields
    subLineItems {
      name quantity unitPrice ${MONEY} subtotal ${MONEY} chargeId creditGrantId startsAt endsAt customFields
      tierPeriod { startsAt endsAt }
      tiers { startsAt quantity unitPrice ${MONEY} subtotal ${MONEY} }
    }
  } }`;

let gateway: TestGateway;
let customerId = '';
beforeAll(async () => {
  gateway = await startTestGateway();
  const data = await gateway.data('{ account(identifier: "acct_1001") { customers { providerId } } }');
  customerId = pickText(data, 'account', 'customers', 0, 'providerId');
});
afterAll(() => gateway.stop());

describe('an invoice of Metronome', () => {
  it('keeps its whole content, down to tiers, in a list and by its id', async () => {
    const rows = pickList(
      await callMetronome(gateway, 'GET', `/v1/customers/${customerId}/invoices?limit=100&sort=date_desc`),
      'data',
    );
    const data = await gateway.data(
      `query ($id: String!) { customerByProviderId(provider: METRONOME, providerId: $id) { invoices(first: 100) { nodes { id ${INVOICE} } } } }`,
      { id: customerId },
    );
    const nodes = pickList(data, 'customerByProviderId', 'invoices', 'nodes');
    expect(nodes).toEqual(rows.map((row, at) => ({ id: pick(nodes[at], 'id'), ...expectedUsdInvoice(row) })));
    // What the data must have so that the comparison above says something.
    const text = JSON.stringify(rows);
    for (const member of [
      'tiers',
      'tier_period',
      'start_date',
      'credit_grant_id',
      'group_key',
      'external_invoice',
      'plan_custom_fields',
    ]) {
      expect(text).toContain(`"${member}"`);
    }
    const single = await gateway.data(`query ($id: ID!) { invoice(id: $id) { ${INVOICE} } }`, {
      id: pick(nodes[1], 'id'),
    });
    expect(pick(single, 'invoice')).toEqual(expectedUsdInvoice(rows[1]));
  });

  it('is drafted, final, paid or void as Metronome and its billing provider say', async () => {
    const data = await gateway.data(
      `query ($id: String!) { customerByProviderId(provider: METRONOME, providerId: $id) {
        invoices(first: 100) { nodes { status providerStatus externalInvoice { status } } }
      } }`,
      { id: customerId },
    );
    const seen = new Set(
      pickList(data, 'customerByProviderId', 'invoices', 'nodes').map((node) =>
        [
          pick(node, 'status'),
          pick(node, 'providerStatus'),
          optional(node, 'externalInvoice', 'status') === 'PAID',
        ].join(' '),
      ),
    );
    expect([...seen].toSorted()).toEqual([
      'DRAFT DRAFT false',
      'OPEN FINALIZED false',
      'PAID FINALIZED true',
      'VOID VOID false',
    ]);
  });
});

describe('daily costs of Metronome', () => {
  it('keep each day, unit, line and group', async () => {
    const [from, to] = ['2026-06-01T00:00:00Z', '2026-06-16T00:00:00Z'];
    const path = `/v1/customers/${customerId}/costs?limit=100&starting_on=${from}&ending_before=${to}`;
    const rows = pickList(await callMetronome(gateway, 'GET', path), 'data');
    const data = await gateway.data(
      `query ($id: String!, $from: DateTime!, $to: DateTime!) {
        customerByProviderId(provider: METRONOME, providerId: $id) {
          costs(from: $from, to: $to, first: 100) { nodes {
            provider basis from to customer { providerId }
            amounts { total { minorAmount unit { providerId name } } lineItems { name cost ${MONEY} groupKey groupValue } }
          } }
        }
      }`,
      { id: customerId, from, to },
    );
    expect(rows.length).toBe(15);
    expect(JSON.stringify(rows)).toContain('"group_key":"region"');
    expect(pickList(data, 'customerByProviderId', 'costs', 'nodes')).toEqual(
      rows.map((row) => ({
        provider: 'METRONOME',
        basis: 'DAILY_USAGE',
        from: utc(row, 'start_timestamp'),
        to: utc(row, 'end_timestamp'),
        customer: { providerId: customerId },
        amounts: Object.entries(pickObject(row, 'credit_types')).map(([id, entry]) => ({
          total: { minorAmount: digits(entry, 'cost'), unit: { providerId: id, name: pick(entry, 'name') } },
          lineItems: optionalList(entry, 'line_item_breakdown').map((item) => ({
            name: pick(item, 'name'),
            cost: usdCents(item, 'cost'),
            groupKey: optional(item, 'group_key'),
            groupValue: optional(item, 'group_value'),
          })),
        })),
      })),
    );
  });
});

describe('customers and plans of Metronome', () => {
  it('keep names, aliases, dates and custom fields', async () => {
    const rows = pickList(await callMetronome(gateway, 'GET', '/v1/customers?limit=50'), 'data');
    const fields = 'provider providerId name email identifiers status createdAt updatedAt customFields';
    const data = await gateway.data(
      `{ customers(first: 50, filter: { providers: [METRONOME] }) { nodes { ${fields} } } }`,
    );
    expect(pickList(data, 'customers', 'nodes')).toEqual(rows.map((row) => expectedCustomer(row, 'ACTIVE')));
    const archived = pickList(
      await callMetronome(gateway, 'GET', '/v1/customers?limit=50&only_archived=true'),
      'data',
    );
    const others = await gateway.data(
      `{ customers(first: 50, filter: { providers: [METRONOME], status: ARCHIVED }) { nodes { ${fields} } } }`,
    );
    expect(archived.length).toBeGreaterThan(3);
    expect(pickList(others, 'customers', 'nodes')).toEqual(
      archived.map((row) => expectedCustomer(row, 'ARCHIVED')),
    );
  });

  it('keep how a customer holds a plan, and the whole plan', async () => {
    const rows = pickList(
      await callMetronome(gateway, 'GET', `/v1/customers/${customerId}/plans?limit=100`),
      'data',
    );
    const data = await gateway.data(
      `query ($id: String!) { customerByProviderId(provider: METRONOME, providerId: $id) { plans { edges {
        subscriptionId status startsAt endsAt nextInvoiceAt customFields
        node { kind providerId name description customFields minimums { name amount ${MONEY} startPeriod } }
      } } } }`,
      { id: customerId },
    );
    const plans = await Promise.all(
      rows.map(async (row) =>
        pick(await callMetronome(gateway, 'GET', `/v1/planDetails/${pickText(row, 'plan_id')}`), 'data'),
      ),
    );
    expect(pickList(data, 'customerByProviderId', 'plans', 'edges')).toEqual(
      rows.map((row, at) => ({
        subscriptionId: pick(row, 'id'),
        status: optional(row, 'ending_before') === null ? 'ACTIVE' : 'ENDED',
        startsAt: utc(row, 'starting_on'),
        endsAt: utc(row, 'ending_before'),
        nextInvoiceAt: null,
        customFields: pick(row, 'custom_fields'),
        node: {
          kind: 'PLAN',
          providerId: pick(row, 'plan_id'),
          name: pick(row, 'plan_name'),
          description: pick(row, 'plan_description'),
          customFields: pick(plans[at], 'custom_fields'),
          minimums: optionalList(plans[at], 'minimums').map((minimum) => ({
            name: pick(minimum, 'name'),
            amount: usdCents(minimum, 'value'),
            startPeriod: Number(digits(minimum, 'start_period')),
          })),
        },
      })),
    );
    expect(JSON.stringify(plans)).toContain('"minimums"');
  });
});

function expectedCustomer(row: unknown, status: string): object {
  return {
    provider: 'METRONOME',
    providerId: pick(row, 'id'),
    name: pick(row, 'name'),
    email: null,
    identifiers: pick(row, 'ingest_aliases'),
    status,
    createdAt: utc(row, 'created_at'),
    updatedAt: utc(row, 'updated_at'),
    customFields: pick(row, 'custom_fields'),
  };
}
