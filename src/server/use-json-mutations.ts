import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { ErrorCode } from '../errors/error-code.ts';
import type { GatewayContext } from './gateway-context.ts';
import { isMutation } from './is-mutation.ts';

const JSON_TYPES: ReadonlySet<string> = new Set(['application/json', 'application/graphql+json']);

/**
 * Takes mutations only as JSON, and refuses them in any other body before anything is executed: 415, in either format
 * of the answer, since such a body is none that the server supports for them (GraphQL over HTTP, section 'POST'). A body
 * that no operation may come in, such as `text/plain`, is refused with the same code and status.
 *
 * This is what keeps a foreign web page from writing. Without asking the server first, a browser lets another site's page
 * send only GET, HEAD and POST, the last with a form, `text/plain` or no type at all (Fetch standard, 'CORS-safelisted
 * request-header'). Mutations by GET are refused by the server itself, those by such a POST here, and a POST of JSON
 * needs a preflight, which CORS_ORIGINS has to allow. So `@graphql-yoga/plugin-csrf-prevention`, which asks for a header
 * of its own, would add nothing for mutations; for queries, whose answers a foreign page cannot read and which change
 * nothing, it would only turn plain GET requests away.
 */
export function useJsonMutations(): Plugin<GatewayContext> {
  return {
    onRequestParse({ request, requestParser }) {
      if (request.method === 'POST' && requestParser === undefined) {
        throw unsupported('An operation must be sent as application/json.');
      }
    },
    onExecute({ args, setResultAndStopExecution }) {
      const { request } = args.contextValue;
      if ((request.method === 'POST' && isJson(request.headers)) || !isMutation(args)) return;
      setResultAndStopExecution({ errors: [unsupported('A mutation must be sent as application/json.')] });
    },
  };
}

/** A list of types counts as none of them: what reads the body could pick another than a browser does. */
function isJson(headers: Headers): boolean {
  const [type = ''] = (headers.get('content-type') ?? '').split(';');
  return JSON_TYPES.has(type.trim().toLowerCase());
}

function unsupported(message: string): GraphQLError {
  const code: ErrorCode = 'BAD_USER_INPUT';
  return new GraphQLError(message, { extensions: { code, http: { status: 415 } } });
}
