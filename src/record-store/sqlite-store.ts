import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { RecordStoreError, type RecordStore, type StoredRecord } from '../write/record-store.ts';

/** How long one statement waits, and with it this process, while another process writes. */
const BUSY_TIMEOUT_MS = 3000;
const BUSY_PAUSE_MS = 10;
const SWEEP_EVERY_MS = 60_000;
/** How many expired records one sweep removes, so that no put takes long. */
const SWEEP_ROWS = 500;

// A version is a row id that AUTOINCREMENT never gives twice, so that a record that was removed, or expired, and came
// again has another one.
const SCHEMA = `
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS record (
    version INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS record_by_expiry ON record (expires_at);
`;

/**
 * Opens a store in an SQLite file, which is made where there is none, with its folder, for its owner alone. Several
 * processes of one machine may share the file. What is put is on the disk before `put` answers.
 *
 * @param path of the file, or `:memory:` for a store that ends with the process
 * @param now the clock that records expire by, in milliseconds; the same in all that share the file
 * @throws RecordStoreError when the file cannot be used
 */
export function openSqliteStore(path: string, now: () => number = Date.now): RecordStore {
  const { database, statements } = usingFile(() => {
    const database = openDatabase(path);
    return { database, statements: prepare(database) };
  });
  let nextSweep = 0;

  function sweep(at: number): void {
    if (at < nextSweep) return;
    nextSweep = at + SWEEP_EVERY_MS;
    statements.sweep.run({ now: at, rows: SWEEP_ROWS });
  }

  return {
    get: (key) =>
      inPromise(() => {
        const row = statements.get.get({ key, now: now() });
        return row === undefined ? null : toRecord(row);
      }),
    put: (key, text, { expected, keepMs }) =>
      inPromise(() => {
        const at = now();
        sweep(at);
        const expiresAt = Math.ceil(at + keepMs);
        const { changes, lastInsertRowid } = statements.put.run({ key, text, expected, expiresAt, now: at });
        return changes === 1 ? Number(lastInsertRowid) : null;
      }),
    remove: (key, version) =>
      inPromise(() => statements.remove.run({ key, version, now: now() }).changes === 1),
    close: () =>
      inPromise(() => {
        if (database.isOpen) database.close();
      }),
  };
}

function openDatabase(path: string): DatabaseSync {
  const inMemory = path === ':memory:';
  // In full, so that SQLite takes nothing for a URI.
  const file = inMemory ? path : resolve(path);
  if (!inMemory) createFile(file);
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  switchToWal(database, Date.now() + BUSY_TIMEOUT_MS);
  database.exec(SCHEMA);
  return database;
}

/** SQLite does not wait here itself, where several processes open a new file at once. */
function switchToWal(database: DatabaseSync, deadline: number): void {
  for (;;) {
    try {
      database.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      if (!isBusy(error) || Date.now() >= deadline) throw error;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BUSY_PAUSE_MS);
  }
}

/** SQLITE_BUSY, whatever the extended code says beside it. */
function isBusy(error: unknown): boolean {
  return (
    error instanceof Error &&
    'errcode' in error &&
    typeof error.errcode === 'number' &&
    error.errcode % 256 === 5
  );
}

/** SQLite would let others read a file that it makes; those that it makes beside a file are as private as that is. */
function createFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    // One that is there is not even opened: closing it would end the locks that this process holds on it.
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

/** Each change is one statement, and so takes the write lock before it looks. */
function prepare(database: DatabaseSync) {
  return {
    get: database.prepare('SELECT version, text FROM record WHERE key = :key AND expires_at > :now'),
    put: database.prepare(`
      INSERT OR REPLACE INTO record (key, text, expires_at)
      SELECT :key, :text, :expiresAt
      WHERE (SELECT version FROM record WHERE key = :key AND expires_at > :now) IS :expected`),
    remove: database.prepare(
      'DELETE FROM record WHERE key = :key AND version = :version AND expires_at > :now',
    ),
    sweep: database.prepare(`
      DELETE FROM record WHERE version IN
      (SELECT version FROM record WHERE expires_at <= :now ORDER BY expires_at LIMIT :rows)`),
  };
}

function toRecord({ version, text }: Record<string, SQLOutputValue>): StoredRecord {
  if (typeof version !== 'number' || typeof text !== 'string') throw new TypeError('not a record');
  return { version, text };
}

function inPromise<Result>(work: () => Result): Promise<Result> {
  return Promise.try(usingFile, work);
}

/** @throws RecordStoreError in place of whatever the work throws */
function usingFile<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw new RecordStoreError(`The file of the idempotency records cannot be used (${codeOf(error)}).`);
  }
}

/** Like `EACCES` or `SQLite 14`; messages would name the path. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if ('errcode' in error && typeof error.errcode === 'number') return `SQLite ${error.errcode}`;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
