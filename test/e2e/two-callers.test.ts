import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addMapleCharge } from '../support/maple-write-subjects.ts';
import { pick, pickList, pickText } from '../support/pick.ts';
import { postOperation } from '../support/post-operation.ts';
import { createRandom } from '../support/random.ts';
import { startTestGateway, type GraphQLAnswer, type TestGateway } from '../support/test-gateway.ts';
import { startTokenIssuer, type TokenIssuer } from '../support/token-issuer.ts';

type Headers = Readonly<Record<string, string>>;

const REQUESTS = 1000;
const AT_ONCE = 20;
/** Upstreams answer in no particular order. */
const MAX_DELAY_MS = 5;
const COMPANIES = { companyCount: 40 };
const ACCOUNTS = Array.from({ length: 30 }, (_, at) => `acct_${1001 + at}`);

/** What is asked for, with the caller's own mark as the name of the field in the answer. */
const QUERIES: Readonly<Record<string, (mark: string) => string>> = {
  account: (mark) =>
    `query ($a: String!) { ${mark}: account(identifier: $a) { identifier name customers { providerId invoices(first: 1) { nodes { providerId total { amount } } } } } }`,
  customers: (mark) =>
    `query ($a: String!) { ${mark}: customers(filter: { identifier: $a }) { nodes { providerId name identifiers plans(first: 1) { nodes { name } } } } }`,
};
const VOID = `mutation ($a: ID!) {
  MARK: voidInvoice(input: { idempotencyKey: "key", invoiceId: $a }) { __typename ... on InvalidInputError { field } }
}`;

describe.each([
  { cache: 'nothing kept', env: { CACHE_TTL_MS: '0' }, isKeyWriting: true },
  { cache: 'reads kept', env: { CACHE_TTL_MS: '60000' }, isKeyWriting: false },
])('two callers of a gateway with $cache', ({ env, isKeyWriting }) => {
  let issuer: TokenIssuer;
  let gateway: TestGateway;
  const random = createRandom(20_261_122);
  /** What each account is, as another gateway says that nobody else asks. */
  const alone = new Map<string, unknown>();

  beforeAll(async () => {
    issuer = await startTokenIssuer();
    let isDelaying = false;
    const onRequest = () =>
      isDelaying ? ({ kind: 'delay', delayMs: random.below(MAX_DELAY_MS) } as const) : undefined;
    gateway = await startTestGateway({
      metronome: { ...COMPANIES, onRequest },
      maple: { ...COMPANIES, onRequest },
      env: {
        ...env,
        GATEWAY_API_KEYS: `reader:read:${sha256('reader')},writer:write:${sha256('writer')}`,
        GATEWAY_JWKS_URL: issuer.jwksUrl,
        GATEWAY_JWT_ISSUER: issuer.issuer,
        GATEWAY_JWT_AUDIENCE: issuer.audience,
      },
    });
    const plain = await startTestGateway({
      metronome: COMPANIES,
      maple: COMPANIES,
      env: { CACHE_TTL_MS: '0' },
    });
    for (const [name, query] of Object.entries(QUERIES)) {
      for (const a of ACCOUNTS) alone.set(`${name} ${a}`, pick(await plain.data(query('own'), { a }), 'own'));
    }
    await plain.stop();
    isDelaying = true;
  }, 30_000);
  beforeEach(() => gateway.forgetCalls());
  afterAll(async () => {
    await gateway.stop();
    await issuer.close();
  });

  const byKey = (key: string): Headers => ({ 'x-api-key': key });
  const byToken = async (sub: string, scope: string): Promise<Headers> => ({
    authorization: `Bearer ${await issuer.sign({ sub, scope })}`,
  });

  function post(headers: Headers, query: string, variables: object): Promise<GraphQLAnswer> {
    return postOperation(gateway.url, query, variables, headers);
  }

  it('are each told what they have asked for, and may do what is theirs, a thousand times', async () => {
    const writing = isKeyWriting ? byKey('writer') : await byToken('anna', 'billing:write');
    const reading = isKeyWriting ? await byToken('anna', 'billing:read') : byKey('reader');
    let asked = 0;
    async function ask(): Promise<void> {
      while (asked < REQUESTS) {
        asked += 1;
        const [mark, isWriting] = [`m${asked}`, random.chance(0.5)];
        const headers = isWriting ? writing : reading;
        const a = random.one(ACCOUNTS);
        const isVoid = random.chance(0.1);
        const [name, query] = random.one(Object.entries(QUERIES));
        const document = isVoid ? VOID.replace('MARK', mark) : query(mark);
        const { data, errors } = await post(headers, document, { a });
        const codes = errors?.map(({ extensions }) => extensions?.code);
        const own = isVoid
          ? { __typename: 'InvalidInputError', field: 'invoiceId' }
          : alone.get(`${name} ${a}`);
        expect(codes ?? data).toEqual(isVoid && !isWriting ? ['FORBIDDEN'] : { [mark]: own });
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, ask));
    expect(asked).toBeGreaterThanOrEqual(REQUESTS);
  });

  it('are each read for anew where nothing is kept', async () => {
    const query = '{ customers(first: 7, filter: { providers: [MAPLE] }) { nodes { id } } }';
    const first = await post(byKey('reader'), query, {});
    const second = await post(await byToken('anna', 'billing:read'), query, {});
    expect(pickList(first, 'data', 'customers', 'nodes')).toHaveLength(7);
    expect(second).toEqual(first);
    const calls = Object.values(gateway.calls()).reduce((sum, count) => sum + count, 0);
    expect(calls).toBe(env.CACHE_TTL_MS === '0' ? 2 : 1);
  });

  it('write each for itself under one idempotency key', async () => {
    const write = await addMapleCharge.prepare({
      sandbox: { metronome: gateway.metronome, maple: gateway.maple },
    });
    const callers = [
      byKey('writer'),
      await byToken('anna', 'billing:write'),
      await byToken('berta', 'billing:write'),
    ];
    const before = await write.effects();
    const ids = async (): Promise<string[]> => {
      const answers = callers.map((headers) => post(headers, write.query, write.variables('same-key')));
      const pickId = (answer: GraphQLAnswer): string =>
        pickText(answer, 'data', 'result', 'charges', 0, 'providerId');
      return (await Promise.all(answers)).map(pickId);
    };
    const first = await ids();
    expect(await write.effects()).toBe(before + callers.length);
    expect(new Set(first).size).toBe(callers.length);
    // Each is told of its own again.
    expect(await ids()).toEqual(first);
    expect(await write.effects()).toBe(before + callers.length);
  });
});

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
