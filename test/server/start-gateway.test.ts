import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

describe('the HTTP server', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.stop());

  /** What the server answers to a request that is written byte for byte. */
  async function answerTo(head: string): Promise<string> {
    const { hostname, port } = new URL(gateway.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(`${head}\r\nConnection: close\r\n\r\n`);
    return text(socket);
  }

  it.each(['a b', '[::', 'x:y:z', '%'])('answers 400 and nothing more to the host %j', async (host) => {
    const answer = await answerTo(`GET /graphql?query={__typename} HTTP/1.1\r\nHost: ${host}`);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).not.toMatch(/Error|\.ts|node_modules/);
  });

  it.each(['variables', 'extensions'])(
    'answers 400 to %s of a GET request that are not JSON',
    async (name) => {
      const response = await fetch(`${gateway.url}?query={__typename}&${name}={`);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    },
  );
});
