import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  apolloManifest,
  codegenManifest,
  createManifestFolder,
  relayManifest,
  sha256,
  type ManifestFolder,
} from '../../support/manifest-folder.ts';
import { ID_FORMS, METHODS, sendOperation } from '../../support/operation-request.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';

const DOCUMENT = `query First($size: Int!) { customers(first: $size) { nodes { provider } } }
query Second { providers { provider } }`;
const OTHER = 'query Other { providers { sandbox } }';
const MANIFESTS = { codegen: codegenManifest, relay: relayManifest, apollo: apolloManifest };

const forms = Object.entries(ID_FORMS);
const modes = ['allow', 'only'] as const;

describe.each(Object.keys(MANIFESTS))('operations of a manifest in the form of %s', (form) => {
  let folder: ManifestFolder;
  const gateways = new Map<string, TestGateway>();
  beforeAll(async () => {
    folder = await createManifestFolder();
    const write = Object.entries(MANIFESTS).find(([name]) => name === form)?.[1] ?? codegenManifest;
    const path = await folder.write('manifest.json', write([DOCUMENT, OTHER]));
    for (const mode of modes) {
      const env = { PERSISTED_OPERATIONS: mode, PERSISTED_OPERATIONS_PATH: path };
      gateways.set(mode, await startTestGateway({ env }));
    }
  });
  afterAll(async () => {
    for (const gateway of gateways.values()) await gateway.stop();
    await folder.remove();
  });

  const cases = forms.flatMap(([name, parameters]) =>
    METHODS.flatMap((method) => modes.map((mode) => ({ name, parameters, method, mode }))),
  );

  it.each(cases)('run by $name, by $method, in mode $mode', async ({ parameters, method, mode }) => {
    const url = gateways.get(mode)?.url ?? '';
    const given = parameters(sha256(DOCUMENT));
    const first = await sendOperation(url, method, {
      ...given,
      operationName: 'First',
      variables: { size: 3 },
    });
    expect(first.body).toMatchObject({ data: { customers: { nodes: { length: 3 } } } });
    const second = await sendOperation(url, method, { ...given, operationName: 'Second' });
    expect(second.body).toEqual({ data: { providers: [{ provider: 'METRONOME' }, { provider: 'MAPLE' }] } });
  });
});

describe('an operation by its id', () => {
  let folder: ManifestFolder;
  let gateway: TestGateway;
  beforeAll(async () => {
    folder = await createManifestFolder();
    const paths = await Promise.all([
      folder.write('web.json', codegenManifest([DOCUMENT])),
      folder.write('phone.json', JSON.stringify({ 7: OTHER, constructor: DOCUMENT })),
      folder.write(
        'tablet.json',
        apolloManifest([OTHER], () => 'tablet-1'),
      ),
    ]);
    gateway = await startTestGateway({
      env: { PERSISTED_OPERATIONS: 'only', PERSISTED_OPERATIONS_PATH: ` ${paths.join(' , ')} ` },
    });
  });
  afterAll(async () => {
    await gateway.stop();
    await folder.remove();
  });
  beforeEach(() => {
    gateway.forgetCalls();
  });

  it.each(['7', 'tablet-1'])('runs from any of several manifests, under an id of its own: %s', async (id) => {
    for (const method of METHODS) {
      const { body } = await sendOperation(gateway.url, method, { documentId: id });
      expect(body).toEqual({ data: { providers: [{ sandbox: false }, { sandbox: false }] } });
    }
  });

  it('runs by a hash in upper case', async () => {
    const { body } = await sendOperation(gateway.url, 'POST', {
      documentId: sha256(DOCUMENT).toUpperCase(),
      operationName: 'Second',
    });
    expect(body).toHaveProperty('data.providers');
  });

  it('does not run under its hash where the manifest gave it another id', async () => {
    const { body } = await sendOperation(gateway.url, 'POST', { documentId: sha256(OTHER) });
    expect(body).toMatchObject({ errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] });
  });

  it('needs its name where the document holds several', async () => {
    const { status, body } = await sendOperation(gateway.url, 'POST', { documentId: sha256(DOCUMENT) });
    expect(status).toBe(400);
    expect(body).not.toHaveProperty('data');
    expect(gateway.calls()).toEqual({});
  });

  it('has its variables checked as any other', async () => {
    const { body } = await sendOperation(gateway.url, 'POST', {
      documentId: sha256(DOCUMENT),
      operationName: 'First',
      variables: { size: 'many' },
    });
    expect(body).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    expect(gateway.calls()).toEqual({});
  });

  it('may come with empty places for a document and for other ids, as clients write them', async () => {
    for (const query of [null, '']) {
      const { body } = await sendOperation(gateway.url, 'POST', {
        id: '7',
        doc_id: null,
        query,
        extensions: { persistedQuery: null },
      });
      expect(body).toHaveProperty('data.providers');
    }
  });

  it('may be named twice, but not two of them', async () => {
    const twice = { documentId: '7', doc_id: '7' };
    expect((await sendOperation(gateway.url, 'POST', twice)).body).toHaveProperty('data');
    for (const method of METHODS) {
      const two = await sendOperation(gateway.url, method, { documentId: '7', id: 'tablet-1' });
      expect(two.status).toBe(400);
      expect(two.body).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    }
    const repeated = await fetch(`${gateway.url}?documentId=7&documentId=tablet-1`);
    expect(repeated.status).toBe(400);
  });

  it('may not come with parameters that nobody knows', async () => {
    const { status, body } = await sendOperation(gateway.url, 'POST', { documentId: '7', document: '{ a }' });
    expect(status).toBe(400);
    expect(body).not.toHaveProperty('data');
  });

  it('stands in the body of a POST, not in its address', async () => {
    const { status } = await sendOperation(`${gateway.url}?documentId=7`, 'POST', {});
    expect(status).toBe(400);
  });
});
