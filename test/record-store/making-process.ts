// Makes an SQLite file, and holds the lock for a moment during which nobody else can switch it to another journal.
import { DatabaseSync } from 'node:sqlite';

const HOLD_MS = 200;
const database = new DatabaseSync(process.argv[2] ?? '');
database.exec('BEGIN IMMEDIATE');
process.send?.('locked');
setTimeout(() => {
  database.exec('COMMIT');
  process.disconnect();
}, HOLD_MS);
