import { leaseUntil } from '../../src/write/lease.ts';
import { newRecord, type OpenRecord } from '../../src/write/write-record.ts';

/** A record that was never sent and that nobody holds, with some members changed. */
export function anOpenRecord(changes: Partial<OpenRecord> = {}): OpenRecord {
  return { ...newRecord('fingerprint', leaseUntil(0)), lease: null, ...changes };
}
