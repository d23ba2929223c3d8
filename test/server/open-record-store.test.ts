import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/** Puts one record into the store of this process's environment, and tells which one. */
const PUT_ONE = `
  import { readConfig } from '${join(import.meta.dirname, '../../src/config.ts')}';
  import { openRecordStore } from '${join(import.meta.dirname, '../../src/server/open-record-store.ts')}';
  const store = await openRecordStore(readConfig());
  const put = store.put('key', 'text', { expected: null, keepMs: 60_000 });
  await put.then(() => console.log('put'), (error) => console.log(error.name));
  await store.close();
`;
const DEFAULT_FILE = '.billing-gateway/idempotency.sqlite';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'working-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs a process with this environment and the test's folder for its working directory; gives what it says. */
async function putOne(env: Readonly<Record<string, string>>): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', PUT_ONE], {
    cwd: folder,
    env: { ...env },
  });
  return stdout.trim();
}

describe('openRecordStore', () => {
  it('writes no file while both systems are sandboxes', async () => {
    expect(await putOne({})).toBe('put');
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([{ METRONOME_API_TOKEN: 'token' }, { MAPLE_API_TOKEN: 'token', MAPLE_COMPANY_ID: 'cmp_1' }])(
    'writes its own file below the working directory as soon as one system is real: %o',
    async (env) => {
      expect(await putOne(env)).toBe('put');
      expect(existsSync(join(folder, DEFAULT_FILE))).toBe(true);
    },
  );

  it('writes the file that it is given, over sandboxes too', async () => {
    expect(await putOne({ IDEMPOTENCY_PATH: 'own/records.sqlite' })).toBe('put');
    expect(readdirSync(folder)).toEqual(['own']);
    expect(existsSync(join(folder, 'own/records.sqlite'))).toBe(true);
  });

  it('takes no path for a URI', async () => {
    const path = 'file:records.sqlite?mode=memory';
    expect(await putOne({ IDEMPOTENCY_PATH: path })).toBe('put');
    expect(statSync(join(folder, path)).size).toBeGreaterThan(0);
  });

  it('prefers Redis, and needs none to open', async () => {
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    try {
      const env = { REDIS_URL: `redis://127.0.0.1:${port}`, IDEMPOTENCY_PATH: 'records.sqlite' };
      const asked = once(server, 'connection');
      expect(await putOne(env)).toBe('RecordStoreError');
      await asked;
      expect(readdirSync(folder)).toEqual([]);
    } finally {
      server.close();
    }
  });
});
