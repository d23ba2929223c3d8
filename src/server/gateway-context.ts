import type { GraphQLError } from 'graphql';
import type { RequestContext } from '../domain/request-context.ts';
import type { Deadline } from '../time/deadline.ts';
import type { OperationLedger } from './operation-limits/operation-ledger.ts';

/** What the server adds to the context that resolvers see. */
export interface GatewayContext extends RequestContext {
  /** Located errors of fields that gave data all the same; added to the answer when execution ends. */
  readonly reported: readonly GraphQLError[];
  /** Ends the request's upstream reads. */
  readonly deadline: Deadline;
  /** What the operation has cost so far. */
  readonly ledger: OperationLedger;
}
