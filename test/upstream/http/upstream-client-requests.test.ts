import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { UpstreamClient } from '../../../src/upstream/http/upstream-client.ts';
import { upstreamPath } from '../../../src/upstream/http/upstream-path.ts';
import { TOKEN, aRead, startScriptedServer, type Script } from './scripted-server.ts';

const empty: Script = (_request, response) => response.end('{}');

describe('a request to an upstream', () => {
  it('carries the token and asks for JSON', async () => {
    const seen: unknown[] = [];
    await using server = await startScriptedServer((request, response) => {
      const { authorization, accept, 'accept-encoding': encoding, 'content-type': type } = request.headers;
      seen.push({ authorization, accept, encoding, type });
      response.end('{}');
    });
    await server.client.read(aRead());
    const expected = {
      authorization: `Bearer ${TOKEN}`,
      accept: 'application/json',
      encoding: 'gzip, identity',
    };
    expect(seen).toEqual([{ ...expected, type: undefined }]);
  });

  it('sends its body as JSON', async () => {
    const seen: unknown[] = [];
    await using server = await startScriptedServer((request, response) => {
      void text(request).then((content) => {
        seen.push([request.method, request.headers['content-type'], content]);
        response.end('{}');
      });
    });
    await server.client.read(aRead({ method: 'POST', body: { a: 'é', b: null } }));
    expect(seen).toEqual([['POST', 'application/json', '{"a":"é","b":null}']]);
  });

  it('goes below the path of the base address, with the query escaped', async () => {
    await using server = await startScriptedServer(empty);
    const baseUrl = `${new URL(server.url).origin}/prefix/api/`;
    const client = new UpstreamClient({ provider: 'MAPLE', baseUrl, token: TOKEN, timeoutMs: 5000 });
    const query = new URLSearchParams({ next_page: 'a+b/c=&d#é', limit: '3' }).toString();
    await client.read(aRead({ path: upstreamPath('MAPLE')`/things/${"a:b;c'$é"}/parts`, query }));
    await client.read(aRead({ path: '/things', query: '' }));
    await client.close();
    expect(server.requests).toEqual([
      "GET /prefix/api/things/a%3Ab%3Bc'%24%C3%A9/parts?next_page=a%2Bb%2Fc%3D%26d%23%C3%A9&limit=3",
      'GET /prefix/api/things',
    ]);
  });

  it('uses a connection again, also after a failure', async () => {
    await using server = await startScriptedServer((request, response) => {
      response.statusCode = request.url?.endsWith('unknown') === true ? 404 : 200;
      response.end('{}');
    });
    const paths = Array.from({ length: 20 }, () => ['/a', '/unknown']).flat();
    for (const path of paths) await server.client.read(aRead({ path }));
    expect(server.requests).toHaveLength(40);
    // The end of one answer can cross the start of the next request.
    expect(server.connections()).toBeLessThanOrEqual(2);
  });

  it('shares a bounded number of connections', async () => {
    await using server = await startScriptedServer((_request, response) => {
      setImmediate(() => response.end('{}'));
    });
    await Promise.all(Array.from({ length: 300 }, () => server.client.read(aRead())));
    expect(server.requests).toHaveLength(300);
    expect(server.connections()).toBeLessThanOrEqual(64);
  });

  it('is sent once whatever comes of it', async () => {
    await using server = await startScriptedServer((_request, response) => {
      response.statusCode = 503;
      response.end();
    });
    await expect(server.client.read(aRead())).rejects.toThrow('503');
    expect(server.requests).toHaveLength(1);
  });
});
