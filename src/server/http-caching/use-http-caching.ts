import type { Plugin } from 'graphql-yoga';
import type { GatewayContext } from '../gateway-context.ts';
import { cacheControl, NO_STORE } from './cache-control-header.ts';
import { entityTag, isNamedBy } from './entity-tag.ts';
import type { OperationMaxAge } from './operation-max-age.ts';

/** What an answer depends on beside its address. */
interface HttpCachingOptions {
  /** Names of request headers. */
  readonly vary: readonly string[];
  readonly operationMaxAge: OperationMaxAge;
}

/** Types of answers that are there as a whole; a stream of events or parts is none to keep. */
const WHOLE_ANSWERS: ReadonlySet<string> = new Set(['application/json', 'application/graphql-response+json']);

/** Describes the body, which an answer of 304 has not. */
const OF_THE_BODY = ['content-type', 'content-length'];

/**
 * Tells caches what they may do with an answer. The whole answer to a query by GET may be kept, by the client alone since
 * it is a customer's data, for as long as all of its fields allow, and then for as long as its `ETag` still stands.
 * Everything else may not be kept at all: an answer with errors may be another a moment later.
 *
 * `@graphql-yoga/plugin-response-cache` keeps whole answers on the server and Apollo's cache control belongs to its own
 * server; neither sets these headers for Yoga.
 */
export function useHttpCaching({ vary, operationMaxAge }: HttpCachingOptions): Plugin<GatewayContext> {
  const maxAges = new WeakMap<Request, number>();
  return {
    onExecute({ args }) {
      const { request } = args.contextValue;
      if (request.method === 'GET') maxAges.set(request, operationMaxAge(args));
    },
    onResultProcess({ request, result }) {
      if (!('data' in result) || result.errors !== undefined) maxAges.delete(request);
    },
    async onResponse({ request, response, setResponse, fetchAPI }) {
      const { headers } = response;
      headers.set('vary', mergedNames(headers.get('vary'), vary));
      const mediaType = headers.get('content-type') ?? '';
      const maxAge = maxAges.get(request);
      if (maxAge === undefined || response.status !== 200 || !WHOLE_ANSWERS.has(essence(mediaType))) {
        headers.set('cache-control', NO_STORE);
        return;
      }
      const body = await response.text();
      const tag = entityTag(mediaType, body);
      headers.set('cache-control', cacheControl(maxAge));
      headers.set('etag', tag);
      if (!isNamedBy(request.headers.get('if-none-match'), tag)) {
        setResponse(new fetchAPI.Response(body, { status: 200, headers }));
        return;
      }
      for (const name of OF_THE_BODY) headers.delete(name);
      setResponse(new fetchAPI.Response(null, { status: 304, headers }));
    },
  };
}

/** A media type without its parameters. */
function essence(mediaType: string): string {
  return mediaType.split(';', 1)[0]?.trim() ?? '';
}

/** Each name once, whatever its case. */
function mergedNames(present: string | null, added: readonly string[]): string {
  const names = (present ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const known = new Set(names.map((name) => name.toLowerCase()));
  return [...names, ...added.filter((name) => !known.has(name.toLowerCase()))].join(', ');
}
