import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/record-store/sqlite-store.ts';
import type { RecordStore } from '../../src/write/record-store.ts';

const HOUR = { expected: null, keepMs: 3_600_000 };
const PUTTING_PROCESS = new URL('./putting-process.ts', import.meta.url);
const MAKING_PROCESS = new URL('./making-process.ts', import.meta.url);

let folder: string;
let file: string;
const stores: RecordStore[] = [];
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'canary7f3a-'));
  file = join(folder, 'records.sqlite');
});
afterEach(async () => {
  await Promise.all(stores.splice(0).map((store) => store.close()));
  await Promise.all(children.splice(0).map((child) => killed(child)));
  rmSync(folder, { recursive: true });
});

function open(path: string, now?: () => number): RecordStore {
  const store = openSqliteStore(path, now);
  stores.push(store);
  return store;
}

/** A process that has the file open, and puts once it gets a message. */
async function startPutting(): Promise<ChildProcess> {
  const child = fork(PUTTING_PROCESS, [file]);
  children.push(child);
  expect(await toldBy(child)).toBe('open');
  return child;
}

function toldBy(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once('message', (message: unknown) => resolve(message));
    child.once('exit', () => reject(new Error('the process ended')));
  });
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** Permissions of a file, as `chmod` counts them. */
function modeOf(path: string): string {
  return (statSync(path).mode % 0o1000).toString(8);
}

function rowsOf(path: string): unknown {
  const database = new DatabaseSync(path);
  try {
    return database.prepare('SELECT count(*) AS count FROM record').get()?.['count'];
  } finally {
    database.close();
  }
}

describe('openSqliteStore', () => {
  it('makes its folder and file for their owner alone', async () => {
    const path = join(folder, 'a/b/records.sqlite');
    await open(path).put('key', 'text', HOUR);
    expect([join(folder, 'a'), join(folder, 'a/b')].map((made) => modeOf(made))).toEqual(['700', '700']);
    expect(['', '-wal', '-shm'].map((end) => modeOf(path + end))).toEqual(['600', '600', '600']);
  });

  it('keeps records in memory for as long as the store is open', async () => {
    const store = open(':memory:');
    await store.put('key', 'text', HOUR);
    expect(await store.get('key')).toMatchObject({ text: 'text' });
    expect(await open(':memory:').get('key')).toBeNull();
  });

  it.each([
    ['below a file', (taken: string) => join(taken, 'a/records.sqlite'), 'ENOTDIR'],
    ['that is no database', (taken: string) => taken, 'SQLite 26'],
    ['that is a folder', () => folder, 'SQLite 14'],
    ['that no file can have', (taken: string) => `${taken}\u0000`, 'ERR_INVALID_ARG_VALUE'],
  ])('refuses a path %s, and does not repeat it', (_what, pathOf, code) => {
    const taken = join(folder, 'taken');
    writeFileSync(taken, 'no database, but some text of more than a hundred bytes. '.repeat(2));
    const refused = refusalOf(() => openSqliteStore(pathOf(taken)));
    expect(refused).toBe(`RecordStoreError: The file of the idempotency records cannot be used (${code}).`);
  });

  it('fails in every method that cannot use the file, and repeats no record', async () => {
    const store = open(file);
    const other = new DatabaseSync(file);
    other.exec('DROP TABLE record');
    other.close();
    const failures = await Promise.allSettled([
      store.get('canary7f3a'),
      store.put('canary7f3a', 'canary7f3a', HOUR),
      store.remove('canary7f3a', 1),
    ]);
    for (const failure of failures) {
      expect(failure).toMatchObject({ status: 'rejected', reason: { name: 'RecordStoreError' } });
      expect(failure.status === 'rejected' ? String(failure.reason) : '').not.toContain('canary7f3a');
    }
  });

  it('removes what expired, now and then, with a later put', async () => {
    let now = 0;
    const store = open(file, () => now);
    for (const key of ['a', 'b', 'c']) await store.put(key, 'text', { expected: null, keepMs: 1000 });
    now = 1000;
    await store.put('d', 'text', HOUR);
    expect(rowsOf(file)).toBe(4);
    now = 60_000;
    await store.put('e', 'text', HOUR);
    expect(rowsOf(file)).toBe(2);
  });

  it('shares a file with other processes: of all that put under one key, one wins', async () => {
    const putting = await Promise.all([startPutting(), startPutting(), startPutting()]);
    const counts = Promise.all(putting.map((child) => toldBy(child)));
    for (const child of putting) child.send('go');
    const won = (await counts).map(Number);
    expect(won.reduce((sum, count) => sum + count, 0)).toBe(200);
    const store = open(file);
    expect((await store.get('0'))?.text).toMatch(/^of \d+$/);
    expect(rowsOf(file)).toBe(200);
  });

  it('waits while another process makes the same file', async () => {
    const child = fork(MAKING_PROCESS, [file]);
    children.push(child);
    expect(await toldBy(child)).toBe('locked');
    const store = open(file);
    expect(await store.put('key', 'text', HOUR)).not.toBeNull();
  });

  it('has the records of a process that was killed', async () => {
    const child = await startPutting();
    const won = toldBy(child);
    child.send('go');
    expect(await won).toBe(200);
    await killed(child);
    expect(await open(file).get('199')).toMatchObject({ text: `of ${child.pid}` });
  });
});

function refusalOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return String(error);
  }
  return 'none';
}
