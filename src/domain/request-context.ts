import type { CursorCodec } from '../connection/cursor.ts';
import type { GatewayError } from '../errors/gateway-error.ts';
import type { Write, WriteOutcome } from '../write/write.ts';
import type { Caller } from './caller.ts';
import type { BillingSources } from './provider/billing-source.ts';
import type { FieldPlace } from './selection.ts';

/** Everything that resolvers need of one GraphQL request, and nothing else. */
export interface RequestContext {
  /** Who asks; what is remembered for a client is remembered for this caller alone. */
  readonly caller: Caller;
  /** After a write these are others, which remember nothing: to be taken from the context where they are used. */
  readonly sources: BillingSources;
  readonly cursors: CursorCodec;
  /**
   * Notes objects that are given to the client.
   *
   * @throws OperationTooComplexError for more than the answer may have
   */
  countNodes(count: number): void;
  /** Waits where much has been done at a stretch, so that other requests get their turn; null where it goes on at once. */
  takeTurn(): Promise<void> | null;
  /** Carries out a write under a key of the caller's; nothing that was read before it is shown after it. */
  runWrite<Result>(write: Write<Result>, idempotencyKey: string): Promise<WriteOutcome<Result>>;
  /**
   * Adds a located error for a field that still gives data: the part of a provider that failed is missing from it.
   */
  reportFailure(error: GatewayError, info: FieldPlace): void;
}
