import { createHash } from 'node:crypto';
import type { Provider } from '../provider.ts';
import { canonicalJson } from './canonical-json.ts';
import type { Write } from './write.ts';

/** Whose idempotency key it is: the key of one caller never meets that of another, nor one of another account. */
export interface CallerKey {
  /** Names the upstream accounts that the gateway writes to. */
  readonly account: string;
  readonly caller: string;
  readonly idempotencyKey: string;
}

/** Where the record of a caller's key is kept. A hash, since keys are the caller's own data. */
export function recordKey({ account, caller, idempotencyKey }: CallerKey): string {
  return `write:${hash('record', account, caller, idempotencyKey)}`;
}

/** Where a lane is kept. */
export function laneKey(account: string, provider: Provider, lane: string): string {
  return `lane:${hash('lane', account, provider, lane)}`;
}

/** Tells one input from another. */
export function fingerprint({ provider, operation, request }: Write<unknown>): string {
  return hash('fingerprint', provider, operation, canonicalJson(request));
}

/**
 * The key that the upstream sees: 43 characters of base64url, the same in every process and after every loss of records,
 * so that the upstream recognises a repetition that the gateway does not (at most 64 characters: maple.md section 1.4).
 *
 * @param generation rises when the upstream would repeat a stored failure under the old key
 */
export function upstreamKey({ account, caller, idempotencyKey }: CallerKey, generation: number): string {
  return hash('upstream', account, caller, idempotencyKey, String(generation));
}

function hash(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
