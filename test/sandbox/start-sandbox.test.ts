import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/start-sandbox.ts';

describe('both sandbox servers', () => {
  let sandbox: Sandbox | undefined;
  afterEach(async () => {
    await sandbox?.close();
    sandbox = undefined;
  });

  const metronomeNames = async (running: Sandbox): Promise<readonly unknown[]> => {
    const response = await fetch(`${running.metronome.url}/v1/customers?limit=100`, {
      headers: { authorization: `Bearer ${running.metronome.token}` },
    });
    return names(await response.json(), 'data');
  };
  const mapleNames = async (running: Sandbox): Promise<readonly unknown[]> => {
    const { url, token, companyId } = running.maple;
    const response = await fetch(`${url}/api/v1/companies/${companyId}/customers/find`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ pagination: { limit: 200 } }),
    });
    return names(await response.json(), 'results');
  };
  const names = (body: unknown, list: string): readonly unknown[] => {
    const rows: unknown = body !== null && typeof body === 'object' ? Reflect.get(body, list) : undefined;
    return Array.isArray(rows) ? rows.map((row: object): unknown => Reflect.get(row, 'name')) : [];
  };

  it('serve the same companies', async () => {
    sandbox = await startSandbox({ companyCount: 10 });
    const inMetronome = await metronomeNames(sandbox);
    expect(inMetronome).toHaveLength(10);
    expect(inMetronome[0]).toBe('Orchard Labs');
    expect(new Set(await mapleNames(sandbox))).toEqual(new Set(inMetronome));
  });

  it('stop together', async () => {
    const started = await startSandbox({ companyCount: 1 });
    await started.close();
    for (const { url } of [started.metronome, started.maple])
      await expect(fetch(url)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  });

  it('leave no server behind when one port is taken', async () => {
    const blocker = createServer();
    const port = await listening(blocker, 0);
    const free = createServer();
    const freePort = await listening(free, 0);
    await closed(free);
    await expect(startSandbox({ metronomePort: freePort, maplePort: port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    await expect(fetch(`http://127.0.0.1:${freePort}`)).rejects.toMatchObject({
      cause: { code: 'ECONNREFUSED' },
    });
    await closed(blocker);
  });

  const listening = (server: ReturnType<typeof createServer>, port: number): Promise<number> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        const address = server.address();
        if (address === null || typeof address === 'string') reject(new Error('No port'));
        else resolve(address.port);
      });
    });
  const closed = (server: ReturnType<typeof createServer>): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
    });
});
