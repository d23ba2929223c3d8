import { z } from 'zod';
import { leaseSchema, type Lease } from './lease.ts';
import type { Baseline, Effect } from './write.ts';

/** What is known of a caller's key. */
export type WriteRecord = OpenRecord | SucceededRecord | RefusedRecord;

/** The write is under way, or was left without a final outcome. */
export interface OpenRecord {
  readonly state: 'open';
  readonly fingerprint: string;
  /** Null when nobody works on it. */
  readonly lease: Lease | null;
  /** What the survey found; absent before it. */
  readonly before?: Baseline | undefined;
  /** Which derived key is in use. */
  readonly generation: number;
  /** When the key of this generation was first sent. */
  readonly sentAtMs: number | null;
  /** When an attempt last came to nothing sure, so that it may have taken effect or may still do so; null: none has. */
  readonly doubtAtMs: number | null;
  /** Unusable answers in a row under this generation's key. */
  readonly answers: number;
  /** Whether all of them were 409. */
  readonly onlyConflicts: boolean;
}

/** It took effect. */
export interface SucceededRecord {
  readonly state: 'succeeded';
  readonly fingerprint: string;
  readonly effect: Effect;
}

/** The upstream refused it for good. */
export interface RefusedRecord {
  readonly state: 'refused';
  readonly fingerprint: string;
  readonly status: number;
}

const recordSchema: z.ZodType<WriteRecord> = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('open'),
    fingerprint: z.string(),
    lease: leaseSchema.nullable(),
    before: z.array(z.string()).optional(),
    generation: z.number(),
    sentAtMs: z.number().nullable(),
    doubtAtMs: z.number().nullable(),
    answers: z.number(),
    onlyConflicts: z.boolean(),
  }),
  z.object({ state: z.literal('succeeded'), fingerprint: z.string(), effect: z.array(z.string()) }),
  z.object({ state: z.literal('refused'), fingerprint: z.string(), status: z.number() }),
]);

/** The record of a key that is used for the first time. */
export function newRecord(fingerprint: string, lease: Lease): OpenRecord {
  return { state: 'open', fingerprint, lease, doubtAtMs: null, ...unsentGeneration(1) };
}

/** What an open record says of a key that has not been sent yet. */
export function unsentGeneration(generation: number) {
  return { generation, sentAtMs: null, answers: 0, onlyConflicts: true } as const;
}

/** @throws z.ZodError or SyntaxError for a text that `encodeRecord` never gave */
export function decodeRecord(text: string): WriteRecord {
  return recordSchema.parse(JSON.parse(text));
}

/** The record as a store keeps it. */
export function encodeRecord(record: WriteRecord): string {
  return JSON.stringify(record);
}
