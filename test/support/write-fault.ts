/** How an upstream can fail to answer a write. */
export const FAULT_KINDS = [
  /** The port is closed. */
  'connection refused',
  /** The connection ends before anybody has read the request. */
  'reset before the request is read',
  'reset after the whole request',
  'reset in the middle of the answer',
  /** No answer ever. */
  'hang',
  '408',
  '409',
  '429',
  '500',
  '502',
  '503',
  '504',
  /** Status 200 with a body that is no JSON. */
  'garbage body',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** When the write takes effect: never by this request, before the fault is delivered, or a moment after it. */
export const COMMITS = ['never', 'before', 'after'] as const;
export type Commit = (typeof COMMITS)[number];

/** What happens to one write. */
export interface WriteFault {
  readonly kind: FaultKind | Refusal;
  readonly commit: Commit;
  /**
   * Whether the upstream keeps a failure under the request's idempotency key and answers with it for ever after, as
   * metronome.md section 1.6 and maple.md section 1.4 say. Where the fault itself is no answer, a 500 is kept.
   */
  readonly stored: boolean;
}

/** Statuses by which an upstream refuses a write for good. */
export const REFUSALS = ['400', '404', '422'] as const;
export type Refusal = (typeof REFUSALS)[number];

/** An answer to a write in place of the upstream's own. */
export interface FaultyAnswer {
  readonly status: number;
  readonly body: string;
}

/** What the upstream says where a fault is an answer; null where the connection is at fault. */
export function faultyAnswer(kind: WriteFault['kind']): FaultyAnswer | null {
  switch (kind) {
    case 'connection refused':
    case 'reset before the request is read':
    case 'reset after the whole request':
    case 'reset in the middle of the answer':
    case 'hang':
      return null;
    case 'garbage body':
      return { status: 200, body: '<html>one moment, please' };
    case '400':
    case '404':
    case '408':
    case '409':
    case '422':
    case '429':
    case '500':
    case '502':
    case '503':
    case '504':
      return failureAnswer(Number(kind));
  }
}

/** An error in the words of both upstreams. */
export function failureAnswer(status: number): FaultyAnswer {
  const message = 'a fault of the test';
  return {
    status,
    body: JSON.stringify({
      message,
      error_message: message,
      error_type: 'request_error',
      error_status: status,
    }),
  };
}
