import { GraphQLError, responsePathAsArray, type GraphQLResolveInfo } from 'graphql';
import type { CursorCodec } from '../connection/cursor.ts';
import type { GatewayError } from '../errors/gateway-error.ts';
import type { Deadline } from '../time/deadline.ts';
import { createMapleSource } from '../upstream/maple/source.ts';
import { createMetronomeSource } from '../upstream/metronome/source.ts';
import type { GatewayContext } from './gateway-context.ts';
import type { Upstreams } from './upstreams.ts';

interface ContextOptions {
  readonly upstreams: Upstreams;
  readonly cursors: CursorCodec;
  /** Ends every upstream read when the client goes away, or the request's time is over. */
  readonly deadline: Deadline;
}

/** The context of one GraphQL request: sources with loaders of their own, so nothing is shared between callers. */
export function createContext({ upstreams, cursors, deadline }: ContextOptions): GatewayContext {
  const reported: GraphQLError[] = [];
  const { now } = upstreams;
  const { signal } = deadline;
  return {
    cursors,
    reported,
    deadline,
    sources: {
      METRONOME: createMetronomeSource({ ...upstreams.metronome, signal, now }),
      MAPLE: createMapleSource({ ...upstreams.maple, signal }),
    },
    reportFailure(error: GatewayError, info: GraphQLResolveInfo) {
      reported.push(
        new GraphQLError(error.message, {
          nodes: info.fieldNodes,
          path: responsePathAsArray(info.path),
          cause: error,
        }),
      );
    },
  };
}
