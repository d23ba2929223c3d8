import { OperationTypeNode } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createManifestFolder,
  codegenManifest,
  sha256,
  type ManifestFolder,
} from '../support/manifest-folder.ts';
import { startGatewayProcess, startInVain, type GatewayProcess } from '../support/gateway-process.ts';
import { manifestOperations } from '../support/manifest-operations.ts';
import { operationVariables } from '../support/operation-variables.ts';
import { ID_FORMS, METHODS, sendOperation } from '../support/operation-request.ts';
import { pick } from '../support/pick.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

const operations = manifestOperations();

describe('every operation of the committed manifest', () => {
  let gateway: TestGateway;
  let variablesOf: Awaited<ReturnType<typeof operationVariables>>;
  beforeAll(async () => {
    const open = await startTestGateway();
    variablesOf = await operationVariables(open);
    await open.stop();
    gateway = await startTestGateway({ env: { PERSISTED_OPERATIONS: 'only' } });
  });
  afterAll(() => gateway.stop());

  it('is one that the tests know', () => {
    expect(operations.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b))).toEqual(
      Object.keys(variablesOf),
    );
  });

  const forms = Object.entries(ID_FORMS).map(([form, parameters]) => ({ form, parameters }));
  const cases = operations.flatMap((operation) =>
    METHODS.flatMap((method) => forms.map((form) => ({ ...operation, ...form, method }))),
  );
  const isByGet = ({ type, method }: (typeof cases)[number]): boolean =>
    type === OperationTypeNode.MUTATION && method === 'GET';

  it.each(cases.filter((entry) => !isByGet(entry)))(
    '$name answers by $method, as $form',
    async ({ hash, name, method, parameters }) => {
      const [variables, place] = variablesOf[name] ?? [{}, ''];
      const { body } = await sendOperation(gateway.url, method, { ...parameters(hash), variables });
      expect(body).not.toHaveProperty('errors');
      expect(body).toHaveProperty(`data.${place}`);
    },
  );

  it.each(cases.filter(isByGet))('$name is refused by GET, as $form', async ({ hash, name, parameters }) => {
    const [variables] = variablesOf[name] ?? [{}];
    const { status } = await sendOperation(gateway.url, 'GET', { ...parameters(hash), variables });
    expect(status).toBe(405);
  });
});

describe('a gateway in production', () => {
  const READER = 'key-of-a-reader';
  const WRITER = 'key-of-a-writer';
  let gateway: GatewayProcess;
  let folder: ManifestFolder;
  let upstreams: TestGateway;
  const other = 'query Other { providers { provider } }';
  const known = operations.find(({ name }) => name === 'PlanCatalogue')?.hash ?? '';
  const write = operations.find(({ name }) => name === 'AddCharge')?.hash ?? '';
  const reader = { 'x-api-key': READER };
  beforeAll(async () => {
    // Its two sandboxes serve here; the gateway in front of them is not asked.
    upstreams = await startTestGateway();
    folder = await createManifestFolder();
    const own = await folder.write('own.json', `{"app-1": "query First { __typename }"}`);
    gateway = await startGatewayProcess({
      PORT: '0',
      NODE_ENV: 'production',
      METRONOME_API_URL: upstreams.metronome.url,
      METRONOME_API_TOKEN: upstreams.metronome.token,
      MAPLE_API_URL: upstreams.maple.url,
      MAPLE_API_TOKEN: upstreams.maple.token,
      MAPLE_COMPANY_ID: upstreams.maple.companyId,
      GATEWAY_API_KEYS: `r:read:${sha256(READER)},w:write:${sha256(WRITER)}`,
      IDEMPOTENCY_PATH: ':memory:',
      PERSISTED_OPERATIONS_PATH: `schema/persisted-operations.json,${own}`,
    });
  });
  afterAll(async () => {
    await gateway.kill();
    await upstreams.stop();
    await folder.remove();
  });

  it('executes persisted operations and no other, without being asked to', async () => {
    const free = await sendOperation(gateway.url, 'POST', { query: '{ __schema { __typename } }' }, reader);
    expect(free.body).toMatchObject({ errors: [{ extensions: { code: 'PERSISTED_QUERY_ONLY' } }] });
    const { body } = await sendOperation(gateway.url, 'GET', { documentId: known }, reader);
    expect(body).toHaveProperty('data.plans.nodes.0.name');
  });

  it('tells nobody without a key which ids it knows', async () => {
    for (const documentId of [known, sha256('unknown')]) {
      const { status, body } = await sendOperation(gateway.url, 'GET', { documentId });
      expect({ status, body }).toMatchObject({
        status: 401,
        body: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
      });
    }
  });

  it('refuses a persisted mutation to a caller that may only read', async () => {
    upstreams.forgetCalls();
    const variables = {
      input: { idempotencyKey: 'k', customerId: 'x', charge: { maple: { timing: 'NEXT', items: [] } } },
    };
    const { body } = await sendOperation(gateway.url, 'POST', { documentId: write, variables }, reader);
    expect(body).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    const writer = { 'x-api-key': WRITER };
    const allowed = await sendOperation(gateway.url, 'POST', { documentId: write, variables }, writer);
    expect(JSON.stringify(allowed.body)).not.toContain('FORBIDDEN');
    expect(upstreams.calls()).toEqual({});
  });

  it('takes a changed manifest without a restart', async () => {
    const before = await sendOperation(gateway.url, 'GET', { documentId: sha256(other) }, reader);
    expect(before.body).toMatchObject({ errors: [{ message: 'PersistedQueryNotFound' }] });
    const first = await sendOperation(gateway.url, 'GET', { id: 'app-1' }, reader);
    expect(first.body).toEqual({ data: { __typename: 'Query' } });
    await folder.write('own.json', JSON.stringify({ 'app-1': other, [sha256(other)]: other }));
    await gateway.said('persisted operations reloaded');
    const changed = await sendOperation(gateway.url, 'GET', { id: 'app-1' }, reader);
    expect(pick(changed.body, 'data', 'providers')).toHaveLength(2);
    const { body } = await sendOperation(gateway.url, 'GET', { documentId: sha256(other) }, reader);
    expect(pick(body, 'data', 'providers')).toHaveLength(2);
  });
});

describe('a gateway whose manifests have faults', () => {
  it('does not start, and names every operation at fault and no path', async () => {
    const folder = await createManifestFolder();
    try {
      const shipped = await folder.write('canary.json', codegenManifest(['query Shipped { gone }']));
      const { exitCode, stdout, stderr } = await startInVain({
        PORT: '0',
        PERSISTED_OPERATIONS_PATH: `schema/persisted-operations.json,${shipped},${shipped}/canary`,
      });
      expect(exitCode).toBe(78);
      expect(stderr.split('\n')).toEqual([
        'The persisted operations have faults:',
        expect.stringMatching(
          /^- PERSISTED_OPERATIONS_PATH: manifest 2, operation Shipped, id \w{64}: Cannot query field "gone"/,
        ),
        '- PERSISTED_OPERATIONS_PATH: manifest 3, it cannot be read',
        '',
      ]);
      expect(stdout + stderr).not.toContain('canary');
    } finally {
      await folder.remove();
    }
  });
});
