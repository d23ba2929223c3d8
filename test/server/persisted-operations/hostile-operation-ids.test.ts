import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HOSTILE_IDS } from '../../support/hostile-ids.ts';
import { METHODS, sendOperation, type OperationParameters } from '../../support/operation-request.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';

const CANARY = 'canary9b1e';
const NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'sha256:',
  `sha256:sha256:${'a'.repeat(64)}`,
];
const carriers: readonly (readonly [string, (id: unknown) => OperationParameters])[] = [
  ['documentId', (id) => ({ documentId: id })],
  ['doc_id', (id) => ({ doc_id: id })],
  ['id', (id) => ({ id })],
  ["Apollo's extension", (id) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: id } } })],
];

describe.each(['off', 'allow', 'only'])('a hostile id in mode %s', (mode) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway({ env: { PERSISTED_OPERATIONS: mode } });
  });
  afterAll(() => gateway.stop());
  beforeEach(() => {
    gateway.forgetCalls();
  });

  it.each(carriers)('is refused and not repeated: text in %s', async (_name, parameters) => {
    for (const id of [...HOSTILE_IDS, ...NAMES]) {
      for (const method of METHODS) {
        const { status, body } = await sendOperation(gateway.url, method, parameters(`${id}${CANARY}`));
        const exact = await sendOperation(gateway.url, method, parameters(id));
        expect([id, body]).not.toHaveProperty('1.data');
        expect([id, exact.body]).not.toHaveProperty('1.data');
        // An address may be too long for the server to read it at all.
        const isRefused = [body, exact.body].every((answer) =>
          /"code":"(?:BAD_USER_INPUT|PERSISTED_QUERY_NOT_FOUND)"/.test(JSON.stringify(answer)),
        );
        expect([id, method, isRefused || status === 431]).toEqual([id, method, true]);
        expect(JSON.stringify(body)).not.toContain(CANARY);
      }
    }
    expect(gateway.calls()).toEqual({});
  });

  it.each(carriers)('is malformed: no text in %s', async (_name, parameters) => {
    for (const id of [7, true, 1e300, [], ['a'], {}, { toString: 'a' }]) {
      const { status, body } = await sendOperation(gateway.url, 'POST', parameters(id));
      expect({ id, status, body }).toMatchObject({
        status: 400,
        body: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
      });
    }
    expect(gateway.calls()).toEqual({});
  });

  it.each([
    { persistedQuery: 'a' },
    { persistedQuery: ['a'] },
    { persistedQuery: {} },
    { persistedQuery: { version: 1 } },
    { persistedQuery: { version: 2, sha256Hash: 'a' } },
    { persistedQuery: { version: '1', sha256Hash: 'a' } },
  ])('is malformed: the extension %j', async (extensions) => {
    for (const method of METHODS) {
      const { status, body } = await sendOperation(gateway.url, method, { extensions });
      expect({ status, body }).toMatchObject({
        status: 400,
        body: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
      });
    }
  });
});
