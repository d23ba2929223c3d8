import type { ServerResponse } from 'node:http';
import type { Plugin } from 'graphql-yoga';
import type { CallerLimits } from '../caller-limits/caller-limits.ts';
import { overloadedBody } from './overloaded.ts';
import { noteErrorCode } from './telemetry/request-scope.ts';
import type { CallerSlot } from './use-authentication.ts';

/** What the server says of a request beside its caller. */
interface AnswerSlot extends CallerSlot {
  /** What is answered through. */
  readonly res?: ServerResponse;
}

const MESSAGES = {
  perMinute: 'This caller has sent too many requests in a minute.',
  atOnce: 'This caller has too many requests running at once.',
} as const;

/** Refuses requests of a caller that asks for more than it may: 429 (RFC 6585, section 4), before the body is read. */
export function useCallerLimits(limits: CallerLimits): Plugin<object, AnswerSlot> {
  return {
    async onRequest({ serverContext, endResponse, fetchAPI }) {
      const { caller, isCounted = false, res: response } = serverContext;
      if (caller === undefined || isCounted) return;
      const admission = await limits.enter(caller.id);
      if (admission.kind === 'admitted') {
        // The client may have gone away meanwhile.
        if (response === undefined || response.closed) admission.leave();
        else response.once('close', admission.leave);
        return;
      }
      noteErrorCode('OVERLOADED');
      const headers = {
        'content-type': 'application/json; charset=utf-8',
        'retry-after': String(Math.max(1, Math.ceil(admission.retryAfterMs / 1000))),
      };
      const body = overloadedBody(MESSAGES[admission.reason]);
      endResponse(new fetchAPI.Response(body, { status: 429, headers }));
    },
  };
}
