import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createFaultSwitch } from '../support/fault-switch.ts';
import { locatedErrors } from '../support/located-errors.ts';
import { pick, pickList, pickText } from '../support/pick.ts';
import { startTestGateway, type GraphQLAnswer, type TestGateway } from '../support/test-gateway.ts';
import { OUTAGES, refusal, UPSTREAM_CANARY } from '../support/upstream-outages.ts';

const WINDOW = '(from: "2026-06-01T00:00:00Z", to: "2026-07-15T00:00:00Z")';
const PROVIDERS = ['METRONOME', 'MAPLE'] as const;
type Provider = (typeof PROVIDERS)[number];

const EVERYTHING = `query ($customer: ID!, $plan: ID!, $invoice: ID!, $charge: ID!, $providerId: String!, $provider: Provider!) {
  customers(first: 5) { nodes { provider } pageInfo { hasNextPage } failures { provider code retryable message } }
  plans(first: 50) { nodes { provider } failures { provider code retryable message } }
  account(identifier: "acct_1001") {
    name
    customers { provider }
    failures { provider code retryable message }
    plans(first: 10) { nodes { provider } failures { provider code } }
    charges { nodes { provider } failures { provider code } }
    invoices { nodes { provider } failures { provider code } }
    costs${WINDOW} { nodes { provider } failures { provider code } }
    costTotals${WINDOW} { amount }
  }
  customer(id: $customer) { name }
  customerByProviderId(provider: $provider, providerId: $providerId) { name }
  plan(id: $plan) { name }
  invoice(id: $invoice) { total { amount } }
  node(id: $charge) { id }
}`;

describe.each(PROVIDERS)('while %s', (down) => {
  const healthy: Provider = down === 'MAPLE' ? 'METRONOME' : 'MAPLE';
  const faults = createFaultSwitch();
  let gateway: TestGateway;
  let ids: Readonly<Record<string, string>> = {};
  beforeAll(async () => {
    gateway = await startTestGateway({
      [down === 'METRONOME' ? 'metronome' : 'maple']: { onRequest: faults.onRequest },
      // An open breaker would hide all but the first outage.
      env: { UPSTREAM_TIMEOUT_MS: '500', UPSTREAM_BREAK_MS: '0' },
    });
    const data = await gateway.data(
      `query ($providers: [Provider!]) {
        account(identifier: "acct_1001") {
          customers { id provider providerId }
          invoices(first: 1, filter: { providers: $providers }) { nodes { id } }
          charges { nodes { id provider } }
        }
        plans(first: 1, filter: { providers: $providers }) { nodes { id } }
      }`,
      { providers: [down] },
    );
    const ofDown = (list: string, field: string): string => {
      const nodes =
        list === 'charges' ? pickList(data, 'account', list, 'nodes') : pickList(data, 'account', list);
      return pickText(
        nodes.find((node) => pick(node, 'provider') === down),
        field,
      );
    };
    ids = {
      customer: ofDown('customers', 'id'),
      providerId: ofDown('customers', 'providerId'),
      provider: down,
      charge: ofDown('charges', 'id'),
      invoice: pickText(data, 'account', 'invoices', 'nodes', 0, 'id'),
      plan: pickText(data, 'plans', 'nodes', 0, 'id'),
    };
  });
  afterEach(() => faults.turnOff());
  afterAll(() => gateway.stop());

  it.each(OUTAGES)(
    '$title, only its part is missing, each time with the error $code',
    async ({ fault, code, retryable }) => {
      faults.turnOn(fault);
      const answer = await gateway.answer(EVERYTHING, ids);
      const places = [
        'account',
        'account.charges',
        'account.costTotals',
        'account.costs',
        'account.invoices',
        'account.plans',
        'customer',
        'customerByProviderId',
        'customers',
        'invoice',
        'node',
        'plan',
        'plans',
      ];
      expect(locatedErrors(answer)).toEqual(places.map((place) => `${code} ${down} at ${place}`));
      expectMissing(answer, ['customers'], { code, retryable });
      expectMissing(answer, ['plans'], { code, retryable });
      for (const list of ['plans', 'charges', 'invoices', 'costs'])
        expectMissing(answer, ['account', list], { code });
      expect(pick(answer.data, 'customers', 'pageInfo', 'hasNextPage')).toBe(true);
      expect(pick(answer.data, 'account', 'name')).toBe('Orchard Labs');
      expect(pick(answer.data, 'account', 'customers')).toEqual([{ provider: healthy }]);
      expect(pick(answer.data, 'account', 'failures')).toMatchObject([{ provider: down, code, retryable }]);
      const nothing = { customer: null, customerByProviderId: null, plan: null, invoice: null, node: null };
      expect(answer.data).toMatchObject({ ...nothing, account: { costTotals: null } });
      expectNoSecret(answer);
    },
  );

  it('fails, the fields of the other provider cost nothing', async () => {
    faults.turnOn(refusal(500));
    const data = await gateway.data(
      `{ customers(first: 3, filter: { providers: [${healthy}] }) {
        nodes { name plans { nodes { name } } charges { nodes { name } } invoices { nodes { total { amount } } } }
        failures { code }
      } }`,
    );
    expect(pickList(data, 'customers', 'nodes')).toHaveLength(3);
    expect(pick(data, 'customers', 'failures')).toEqual([]);
  });

  it('lets a list below one of its customers fail, the others are given', async () => {
    const customers =
      '{ customers(first: 10) { nodes { provider name invoices(first: 1) { nodes { id } } } } }';
    const list = down === 'METRONOME' ? /\/invoices$/ : /\/invoices\/find$/;
    faults.turnOn(({ path }) => (list.test(path) ? refusal(500) : undefined));
    const answer = await gateway.answer(customers);
    const nodes = pickList(answer.data, 'customers', 'nodes');
    const failed = nodes.flatMap((node, index) => (pick(node, 'provider') === down ? [index] : []));
    expect(failed.length).toBeGreaterThan(0);
    expect(failed.length).toBeLessThan(10);
    expect(locatedErrors(answer)).toEqual(
      failed.map((index) => `UPSTREAM_UNAVAILABLE ${down} at customers.nodes.${index}.invoices`).toSorted(),
    );
    for (const [index, node] of nodes.entries())
      expect(pick(node, 'invoices') === null).toBe(failed.includes(index));
  });

  it('comes and goes, nothing is lost or repeated', async () => {
    const query = `query ($after: String) {
      customers(first: 15, after: $after) { edges { cursor node { id provider } } pageInfo { hasNextPage endCursor } failures { provider } }
    }`;
    const seen: string[] = [];
    const providers = new Set<unknown>();
    let after: string | null = null;
    let more = true;
    for (let page = 1; more && page < 100; page += 1) {
      const isDown = page === 1 || page % 3 === 0;
      if (isDown) faults.turnOn(refusal(503));
      else faults.turnOff();
      const { data }: GraphQLAnswer = await gateway.answer(query, { after });
      const edges = pickList(data, 'customers', 'edges');
      const unexpected = isDown ? edges.filter((edge) => pick(edge, 'node', 'provider') === down) : [];
      expect(unexpected).toEqual([]);
      seen.push(...edges.map((edge) => pickText(edge, 'node', 'id')));
      for (const edge of edges) providers.add(pick(edge, 'node', 'provider'));
      more = pick(data, 'customers', 'pageInfo', 'hasNextPage') === true;
      expect(more || !isDown).toBe(true);
      after = edges.length === 0 ? after : pickText(data, 'customers', 'pageInfo', 'endCursor');
    }
    faults.turnOff();
    expect(providers.size).toBe(2);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.toSorted()).toEqual((await allCustomerIds(gateway)).toSorted());
  });

  it('is down, its health says so, and no other', async () => {
    faults.turnOn(refusal(500));
    for (let call = 0; call < 6; call += 1)
      await gateway.answer(`{ customers(first: ${call + 1}) { nodes { id } } }`);
    const bad = await gateway.data('{ providers { provider status sandbox } }');
    expect(healthOf(bad)).toEqual({ [down]: 'DOWN', [healthy]: 'UP' });
    faults.turnOff();
    await gateway.data('{ customers(first: 1) { nodes { id } } }');
    expect(healthOf(await gateway.data('{ providers { provider status sandbox } }'))).toEqual({
      [down]: 'DEGRADED',
      [healthy]: 'UP',
    });
  });

  /** A merged connection holds the healthy provider's items, some at least, and names the other. */
  function expectMissing(answer: GraphQLAnswer, at: readonly string[], failure: object): void {
    const providers = new Set(pickList(answer.data, ...at, 'nodes').map((node) => pick(node, 'provider')));
    expect({ at, providers: [...providers] }).toEqual({ at, providers: [healthy] });
    expect(pickList(answer.data, ...at, 'failures')).toMatchObject([{ provider: down, ...failure }]);
  }

  function expectNoSecret(answer: GraphQLAnswer): void {
    const text = JSON.stringify(answer);
    const { metronome, maple } = gateway;
    for (const secret of [
      UPSTREAM_CANARY,
      metronome.token,
      maple.token,
      metronome.url,
      maple.url,
      maple.companyId,
      '/v1/',
    ]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(secret.replace(/^https?:\/\//, ''));
    }
  }
});

describe('the deadline of a request', () => {
  it('bounds the answer when an upstream hangs for longer', async () => {
    const maple = createFaultSwitch();
    const gateway = await startTestGateway({
      maple: { onRequest: maple.onRequest },
      env: { UPSTREAM_TIMEOUT_MS: '60000', REQUEST_TIMEOUT_MS: '300' },
    });
    try {
      maple.turnOn({ kind: 'hang' });
      const started = performance.now();
      const answer = await gateway.answer('{ customers(first: 3) { nodes { provider } } }');
      expect(performance.now() - started).toBeLessThan(2000);
      expect(locatedErrors(answer)).toEqual(['UPSTREAM_TIMEOUT MAPLE at customers']);
      expect(pickList(answer.data, 'customers', 'nodes')).toHaveLength(3);
    } finally {
      await gateway.stop();
    }
  });
});

describe('while both providers fail', () => {
  it('a merged field is null, with an error for each', async () => {
    const [metronome, maple] = [createFaultSwitch(), createFaultSwitch()];
    const gateway = await startTestGateway({
      metronome: { onRequest: metronome.onRequest },
      maple: { onRequest: maple.onRequest },
    });
    try {
      metronome.turnOn(refusal(500));
      maple.turnOn(refusal(429));
      const answer = await gateway.answer(
        '{ customers { nodes { id } } plans { nodes { id } } account(identifier: "acct_1001") { name } }',
      );
      expect(answer.data).toEqual({ customers: null, plans: null, account: null });
      expect(locatedErrors(answer)).toEqual(
        ['account', 'customers', 'plans']
          .flatMap((place) => [
            `UPSTREAM_RATE_LIMITED MAPLE at ${place}`,
            `UPSTREAM_UNAVAILABLE METRONOME at ${place}`,
          ])
          .toSorted(),
      );
    } finally {
      await gateway.stop();
    }
  });
});

async function allCustomerIds(gateway: TestGateway): Promise<string[]> {
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const data: unknown = await gateway.data(
      'query ($after: String) { customers(first: 100, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }',
      { after },
    );
    ids.push(...pickList(data, 'customers', 'nodes').map((node) => pickText(node, 'id')));
    after =
      pick(data, 'customers', 'pageInfo', 'hasNextPage') === true
        ? pickText(data, 'customers', 'pageInfo', 'endCursor')
        : null;
  } while (after !== null);
  return ids;
}

function healthOf(data: unknown): Record<string, unknown> {
  return Object.fromEntries(
    pickList(data, 'providers').map((info) => [pickText(info, 'provider'), pick(info, 'status')]),
  );
}
