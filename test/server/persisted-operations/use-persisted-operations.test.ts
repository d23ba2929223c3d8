import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  codegenManifest,
  createManifestFolder,
  sha256,
  type ManifestFolder,
} from '../../support/manifest-folder.ts';
import { ID_FORMS, METHODS, sendOperation } from '../../support/operation-request.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';

const KNOWN = 'query Known { customers(first: 1) { nodes { provider } } }';
const FREE = 'query Free { customers(first: 2) { nodes { provider } } }';
const WRITE = `mutation Write($input: VoidInvoiceInput!) { voidInvoice(input: $input) { __typename } }`;
const VARIABLES = { input: { idempotencyKey: 'k', invoiceId: 'SW52b2ljZTp4' } };

const forms = Object.entries(ID_FORMS);
const formsAndMethods = forms.flatMap(([name, parameters]) =>
  METHODS.map((method) => ({ name, parameters, method })),
);
/** The request of Apollo's and urql's clients that registers a document. */
const registering = (document: string, hash = sha256(document)) => ({
  query: document,
  extensions: { persistedQuery: { version: 1, sha256Hash: hash } },
});
const byHash = (hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: hash } } });
const code = (body: unknown) => ({ errors: [{ extensions: { code: body } }] });

let folder: ManifestFolder;
let path: string;
beforeAll(async () => {
  folder = await createManifestFolder();
  path = await folder.write('manifest.json', codegenManifest([KNOWN, WRITE]));
});
afterAll(() => folder.remove());

/** A gateway in a mode, for the tests of one block. */
function gatewayIn(mode: string): { readonly url: string; readonly calls: () => Record<string, number> } {
  let gateway: TestGateway | undefined;
  beforeAll(async () => {
    gateway = await startTestGateway({
      env: { PERSISTED_OPERATIONS: mode, PERSISTED_OPERATIONS_PATH: path },
    });
  });
  afterAll(() => gateway?.stop());
  beforeEach(() => gateway?.forgetCalls());
  return {
    get url() {
      return gateway?.url ?? '';
    },
    calls: () => gateway?.calls() ?? { 'no gateway': 1 },
  };
}

describe('with persisted operations only', () => {
  const gateway = gatewayIn('only');

  it.each(METHODS)('no free document is executed by %s', async (method) => {
    for (const query of [FREE, KNOWN, getIntrospectionQuery(), '{ __typename }', '{']) {
      const { status, body } = await sendOperation(gateway.url, method, { query });
      expect({ status, body }).toMatchObject({ status: 200, body: code('PERSISTED_QUERY_ONLY') });
      expect(body).not.toHaveProperty('data');
    }
    expect(gateway.calls()).toEqual({});
  });

  it.each(['application/graphql', 'application/x-www-form-urlencoded'])(
    'no free document is executed in a body of %s',
    async (type) => {
      const body = type === 'application/graphql' ? FREE : `query=${encodeURIComponent(FREE)}`;
      const response = await fetch(gateway.url, { method: 'POST', headers: { 'content-type': type }, body });
      expect(await response.json()).toMatchObject(code('PERSISTED_QUERY_ONLY'));
      expect(gateway.calls()).toEqual({});
    },
  );

  it('no free document is executed out of a batch', async () => {
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ query: FREE }, { documentId: sha256(KNOWN) }]),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).not.toHaveProperty('data');
    expect(gateway.calls()).toEqual({});
  });

  it('the answer to a free document is 400 in the media type of GraphQL', async () => {
    const accept = { accept: 'application/graphql-response+json' };
    const { status } = await sendOperation(gateway.url, 'POST', { query: FREE }, accept);
    expect(status).toBe(400);
  });

  it.each(formsAndMethods)(
    'a free document is not executed beside the id of another, by $name and $method',
    async ({ parameters, method }) => {
      const { body } = await sendOperation(gateway.url, method, {
        ...parameters(sha256(KNOWN)),
        query: FREE,
      });
      expect(body).not.toHaveProperty('data');
      expect(gateway.calls()).toEqual({});
    },
  );

  it.each([
    ['a document of no text', { query: 7 }],
    ['a document in a list', { query: [FREE] }],
    ['a document beside an extension of no form', { query: FREE, extensions: { persistedQuery: 'x' } }],
    ['a document beside extensions of no form', { query: FREE, extensions: [] }],
    ['a document beside the hash of nothing', registering(FREE, sha256(''))],
    ['a document beside its own hash', registering(FREE)],
    ['a name alone', { operationName: 'Known' }],
    ['nothing', {}],
  ])('%s is refused', async (_what, parameters) => {
    const { body } = await sendOperation(gateway.url, 'POST', parameters);
    expect(body).not.toHaveProperty('data');
    expect(body).toHaveProperty('errors.0.extensions.code', expect.stringMatching(/^(?:PERS|BAD)/));
    expect(gateway.calls()).toEqual({});
  });

  it('nothing can be registered', async () => {
    const { body } = await sendOperation(gateway.url, 'POST', registering(FREE));
    expect(body).toMatchObject(code('PERSISTED_QUERY_ONLY'));
    const again = await sendOperation(gateway.url, 'POST', byHash(sha256(FREE)));
    expect(again.body).toMatchObject(code('PERSISTED_QUERY_NOT_FOUND'));
    expect(gateway.calls()).toEqual({});
  });

  it('a persisted document may come with its hash', async () => {
    const { body } = await sendOperation(gateway.url, 'POST', registering(KNOWN));
    expect(body).toHaveProperty('data.customers');
  });
});

describe.each(['allow', 'only'])('an unknown id in mode %s', (mode) => {
  const gateway = gatewayIn(mode);

  it.each(formsAndMethods)("is answered as Apollo's protocol has it: $name by $method", async (form) => {
    const unknown = form.parameters(sha256('unknown'));
    for (const [accept, expected] of [
      ['application/json', 200],
      ['*/*', 200],
      ['application/graphql-response+json', 404],
      ['application/graphql-response+json, application/json;q=0.9', 404],
    ] as const) {
      const { status, headers, body } = await sendOperation(gateway.url, form.method, unknown, { accept });
      expect([accept, status]).toEqual([accept, expected]);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(body).toEqual({
        errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
      });
    }
    expect(gateway.calls()).toEqual({});
  });
});

describe('a persisted mutation', () => {
  const gateway = gatewayIn('only');

  it.each(forms)('is refused by GET: %s', async (_form, parameters) => {
    const { status, headers, body } = await sendOperation(gateway.url, 'GET', {
      ...parameters(sha256(WRITE)),
      variables: VARIABLES,
    });
    expect({ status, allow: headers.get('allow') }).toEqual({ status: 405, allow: 'POST' });
    expect(body).not.toHaveProperty('data');
    expect(gateway.calls()).toEqual({});
  });

  it('runs by POST', async () => {
    const { body } = await sendOperation(gateway.url, 'POST', {
      documentId: sha256(WRITE),
      variables: VARIABLES,
    });
    expect(body).toHaveProperty('data.voidInvoice');
  });
});

describe('where free documents are allowed', () => {
  const gateway = gatewayIn('allow');

  it.each(METHODS)('they run by %s', async (method) => {
    const { body } = await sendOperation(gateway.url, method, { query: FREE });
    expect(body).toHaveProperty('data.customers');
  });

  it.each(['documentId', 'doc_id', 'id'])('they are refused beside %s', async (name) => {
    for (const method of METHODS) {
      const { status, body } = await sendOperation(gateway.url, method, {
        query: KNOWN,
        [name]: sha256(KNOWN),
      });
      expect({ status, body }).toMatchObject({ status: 400, body: code('BAD_USER_INPUT') });
    }
    expect(gateway.calls()).toEqual({});
  });

  it('a request without document and id is malformed', async () => {
    const { status, body } = await sendOperation(gateway.url, 'POST', { variables: {} });
    expect({ status, body }).toMatchObject({ status: 400, body: code('BAD_USER_INPUT') });
  });

  it.each(METHODS)('a client registers a document by its hash, by %s', async (method) => {
    const document = `query By${method} { providers { provider } }`;
    const hash = sha256(document);
    const miss = await sendOperation(gateway.url, method, byHash(hash));
    expect(miss.body).toMatchObject(code('PERSISTED_QUERY_NOT_FOUND'));
    const registered = await sendOperation(gateway.url, method, registering(document, hash));
    expect(registered.body).toHaveProperty('data.providers');
    for (const parameters of [byHash(hash), { documentId: `sha256:${hash}` }]) {
      const hit = await sendOperation(gateway.url, method, parameters);
      expect(hit.body).toEqual(registered.body);
    }
  });

  it('nothing is registered under a hash that is not its own', async () => {
    const other = sha256('query Other { providers { provider } }');
    const { status, body } = await sendOperation(gateway.url, 'POST', registering(FREE, other));
    expect(status).toBe(400);
    expect(body).toMatchObject({
      errors: [{ message: 'provided sha does not match query', extensions: { code: 'BAD_USER_INPUT' } }],
    });
    const miss = await sendOperation(gateway.url, 'POST', byHash(other));
    expect(miss.body).toMatchObject(code('PERSISTED_QUERY_NOT_FOUND'));
    expect(gateway.calls()).toEqual({});
  });

  it('nothing is registered that is not valid', async () => {
    for (const document of ['query Bad { gone }', 'query Bad {']) {
      const first = await sendOperation(gateway.url, 'POST', registering(document));
      expect(first.body).toMatchObject(code('BAD_USER_INPUT'));
      const miss = await sendOperation(gateway.url, 'POST', byHash(sha256(document)));
      expect(miss.body).toMatchObject(code('PERSISTED_QUERY_NOT_FOUND'));
    }
  });

  it('a registered mutation is refused by GET', async () => {
    const document = WRITE.replace('Write', 'Registered');
    const variables = VARIABLES;
    await sendOperation(gateway.url, 'POST', { ...registering(document), variables });
    const { status } = await sendOperation(gateway.url, 'GET', { ...byHash(sha256(document)), variables });
    expect(status).toBe(405);
  });
});

describe('with persisted operations off', () => {
  const gateway = gatewayIn('off');

  it('free documents run, with a hash or without, and nothing is registered', async () => {
    for (const parameters of [{ query: FREE }, registering(FREE), registering(FREE, sha256('other'))]) {
      const { body } = await sendOperation(gateway.url, 'POST', parameters);
      expect(body).toHaveProperty('data.customers');
    }
    const { body } = await sendOperation(gateway.url, 'POST', byHash(sha256(FREE)));
    expect(body).toMatchObject(code('PERSISTED_QUERY_NOT_FOUND'));
  });

  it.each(formsAndMethods)(
    'no id is known, and clients are told to send none: $name by $method',
    async (form) => {
      const { body } = await sendOperation(gateway.url, form.method, form.parameters(sha256(KNOWN)));
      expect(body).toMatchObject({
        errors: [
          { message: 'PersistedQueryNotSupported', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } },
        ],
      });
      expect(gateway.calls()).toEqual({});
    },
  );
});
