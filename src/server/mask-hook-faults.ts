import type { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { noteErrorCode } from './telemetry/request-scope.ts';

/** What a hook may leave to be waited for. */
type Waited = Promise<void> | void;
/** Those of a plugin that the server calls around an operation. */
type Hooks = Pick<Plugin, 'onRequest' | 'onResponse'>;
type FetchAPI = Parameters<NonNullable<Plugin['onRequest']>>[0]['fetchAPI'];

/**
 * The same plugins, none of whose faults reaches a client: the server itself would answer what a hook throws before or after
 * the operation with the stack of the error. In its place there is a masked error with status 500, and the mask logs it.
 */
export function maskHookFaults<Guarded extends Hooks>(
  plugins: readonly Guarded[],
  maskError: (error: unknown) => GraphQLError,
): (Guarded | Hooks)[] {
  const answerTo = (error: unknown, { Response }: FetchAPI): Response => {
    noteErrorCode('INTERNAL_SERVER_ERROR');
    const body = JSON.stringify({ errors: [maskError(error)] });
    return new Response(body, {
      status: 500,
      headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    });
  };
  const guarded = plugins.map((plugin): Guarded => {
    const { onRequest, onResponse } = plugin;
    return {
      ...plugin,
      ...(onRequest && {
        onRequest: (payload: Parameters<typeof onRequest>[0]) =>
          caught(
            () => onRequest(payload),
            (error) => payload.endResponse(answerTo(error, payload.fetchAPI)),
          ),
      }),
      ...(onResponse && {
        onResponse: (payload: Parameters<typeof onResponse>[0]) =>
          caught(
            () => onResponse(payload),
            (error) => payload.setResponse(answerTo(error, payload.fetchAPI)),
          ),
      }),
    };
  });
  const ofOperations: Hooks = {
    onRequest({ requestHandler, setRequestHandler, fetchAPI }) {
      setRequestHandler(async (request, context) => {
        try {
          return await requestHandler(request, context);
        } catch (error) {
          return answerTo(error, fetchAPI);
        }
      });
    },
  };
  return [ofOperations, ...guarded];
}

/** Waits for nothing where the hook leaves nothing to wait for. */
function caught(hook: () => Waited | PromiseLike<void>, fail: (error: unknown) => void): Waited {
  try {
    const done = hook();
    return done === undefined ? undefined : Promise.resolve(done).catch(fail);
  } catch (error) {
    fail(error);
  }
}
