import type { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { noteErrorCode } from './telemetry/request-scope.ts';

/** What a hook may leave to be waited for. */
type Waited = Promise<void> | void;
type FetchAPI = Parameters<NonNullable<Plugin['onRequest']>>[0]['fetchAPI'];

/**
 * The same plugins, none of whose faults reaches a client: the server itself would answer what a hook throws before or after
 * the operation with the stack of the error. In its place there is a masked error with status 500, and the mask logs it.
 */
export function maskHookFaults<Added extends object, Slot extends object>(
  plugins: readonly Plugin<Added, Slot>[],
  maskError: (error: unknown) => GraphQLError,
): Plugin<Added, Slot>[] {
  const answerTo = (error: unknown, { Response }: FetchAPI): Response => {
    noteErrorCode('INTERNAL_SERVER_ERROR');
    const body = JSON.stringify({ errors: [maskError(error)] });
    return new Response(body, {
      status: 500,
      headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    });
  };
  const guarded = plugins.map((plugin): Plugin<Added, Slot> => {
    const { onRequest, onResponse } = plugin;
    return {
      ...plugin,
      ...(onRequest && {
        onRequest: (payload) =>
          caught(
            () => onRequest(payload),
            (error) => payload.endResponse(answerTo(error, payload.fetchAPI)),
          ),
      }),
      ...(onResponse && {
        onResponse: (payload) =>
          caught(
            () => onResponse(payload),
            (error) => payload.setResponse(answerTo(error, payload.fetchAPI)),
          ),
      }),
    };
  });
  const ofOperations: Plugin<Added, Slot> = {
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
