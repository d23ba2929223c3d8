import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countDocumentWork } from '../../support/document-work.ts';
import {
  codegenManifest,
  createManifestFolder,
  sha256,
  type ManifestFolder,
} from '../../support/manifest-folder.ts';
import { ID_FORMS, METHODS, sendOperation } from '../../support/operation-request.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';

const PERSISTED = 'query Persisted { providers { provider } }';

describe('what a document costs', () => {
  const work = countDocumentWork();
  let folder: ManifestFolder;
  let gateway: TestGateway;
  beforeAll(async () => {
    folder = await createManifestFolder();
    gateway = await startTestGateway({
      env: { PERSISTED_OPERATIONS_PATH: await folder.write('a.json', codegenManifest([PERSISTED])) },
      plugins: [work.plugin],
    });
  });
  afterAll(async () => {
    await gateway.stop();
    await folder.remove();
  });

  it('is no parse and no validation when it is persisted, from the first request on', async () => {
    for (const parameters of Object.values(ID_FORMS)) {
      for (const method of METHODS) {
        const { body } = await sendOperation(gateway.url, method, parameters(sha256(PERSISTED)));
        expect(body).toHaveProperty('data.providers');
      }
    }
    expect(work.spent()).toEqual({ parsed: 0, validated: 0 });
  });

  it('is one of each when it is free, and none once it is known', async () => {
    const query = 'query Free { providers { provider } }';
    expect(await gateway.data(query)).toHaveProperty('providers');
    expect(work.spent()).toEqual({ parsed: 1, validated: 1 });
    await gateway.data(query);
    expect(work.spent()).toEqual({ parsed: 0, validated: 0 });
  });

  it('is one of each when a client registers it, and none by its hash', async () => {
    const query = 'query Registered { providers { provider } }';
    const extensions = { persistedQuery: { version: 1, sha256Hash: sha256(query) } };
    await sendOperation(gateway.url, 'POST', { query, extensions });
    expect(work.spent()).toEqual({ parsed: 1, validated: 1 });
    const { body } = await sendOperation(gateway.url, 'GET', { extensions });
    expect(body).toHaveProperty('data.providers');
    expect(work.spent()).toEqual({ parsed: 0, validated: 0 });
  });
});
