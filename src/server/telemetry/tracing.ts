import type { CallOutcome, UpstreamCall } from '../../upstream/http/upstream-observer.ts';
import type { RequestRecord } from './request-scope.ts';

/** The parts of a request's work that have a span of their own. */
export type TracedPhase = 'operation' | 'parse' | 'validate' | 'execute';

/** Spans of requests. No name and no attribute of a span comes from a client or an upstream, but for the ids of its trace. */
export interface Tracing {
  /**
   * Begins the span of a request.
   *
   * @param traceparent the header of W3C Trace Context; what is no such header counts as none
   */
  begin(method: string, traceparent: string | undefined): RequestTrace;
  /** Sends what is left, as far as the collector takes it within a moment. */
  close(): Promise<void>;
}

/** The spans of one request. */
export interface RequestTrace {
  /** Begins a span below the one that was begun last and is not over, and gives what ends it. */
  beginPhase(phase: TracedPhase, record: RequestRecord): () => void;
  beginCall(call: UpstreamCall): TracedCall;
  /** @param status null where the client went away before the answer had begun */
  end(record: RequestRecord, status: number | null): void;
}

/** The span of one attempt at a call of an upstream. */
export interface TracedCall {
  /** What tells the upstream of the trace. */
  readonly headers: Readonly<Record<string, string>>;
  /** @param status null where no answer came */
  end(outcome: CallOutcome, status: number | null): void;
}
