import type { GraphQLResolveInfo } from 'graphql';
import type { CursorCodec } from '../connection/cursor.ts';
import type { GatewayError } from '../errors/gateway-error.ts';
import type { BillingSources } from './provider/billing-source.ts';

/** Everything that resolvers need of one GraphQL request, and nothing else. */
export interface RequestContext {
  readonly sources: BillingSources;
  readonly cursors: CursorCodec;
  /**
   * Adds a located error for a field that still gives data: the part of a provider that failed is missing from it.
   */
  reportFailure(error: GatewayError, info: GraphQLResolveInfo): void;
}
