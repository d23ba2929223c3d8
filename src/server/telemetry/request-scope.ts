import { AsyncLocalStorage } from 'node:async_hooks';
import type { ErrorCode } from '../../errors/error-code.ts';
import type { RequestTrace } from './tracing.ts';

/** What is noted of one HTTP request while it runs. Of what a client sends, it holds the request id and nothing else. */
export interface RequestRecord {
  readonly id: string;
  /** Whether the operation is one of the manifests, so that its name comes from there and from no client. */
  isPersisted: boolean;
  /** What was executed; null where it did not come so far. */
  operation: ObservedOperation | null;
  /** The codes of all errors in the answer. */
  readonly errorCodes: Set<ErrorCode>;
  /** Attempts at calls of upstreams, also those that serve other requests too. */
  upstreamCalls: number;
  /** Null where nothing is traced. */
  readonly trace: RequestTrace | null;
}

/** An operation in words of closed sets. */
export interface ObservedOperation {
  readonly type: 'query' | 'mutation' | 'subscription';
  /** Of a persisted operation with a name; null for every other. */
  readonly name: string | null;
}

/** The request that the running code works for. */
export const requestScope = new AsyncLocalStorage<RequestRecord>();

/** A record of a request that has just begun. */
export function newRequestRecord(id: string, trace: RequestTrace | null): RequestRecord {
  return { id, trace, isPersisted: false, operation: null, errorCodes: new Set(), upstreamCalls: 0 };
}

/** Notes an error that the running request is answered with. */
export function noteErrorCode(code: ErrorCode): void {
  requestScope.getStore()?.errorCodes.add(code);
}

/** Notes that the running request asks for an operation of the manifests. */
export function notePersistedOperation(): void {
  const record = requestScope.getStore();
  if (record !== undefined) record.isPersisted = true;
}
