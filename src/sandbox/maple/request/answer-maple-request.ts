import { createIdempotencyStore } from '../../http/idempotency-store.ts';
import { toJson } from '../../http/json.ts';
import { createRouter } from '../../http/router.ts';
import type { ReceivedRequest, SandboxAnswer } from '../../http/start-http-server.ts';
import { MAPLE_COMPANY_ID } from '../maple-company-id.ts';
import { errorAnswer, invalid, MapleError, refused } from '../maple-error.ts';
import type { MapleRoute } from './maple-route.ts';

const PREFIX = '/api/v1/companies/{company_id}';
const MAX_KEY_LENGTH = 64;

/**
 * Answers requests to the given routes: authorisation, company, routing, idempotency and errors as maple.md sections
 * 1.4 and 1.5 say. Another company's path is 401, which the reference describes as "bad token or no access to the
 * resource". Unknown paths are 404 and wrong methods 405, neither of which is documented.
 */
export function createMapleAnswerer(
  routes: readonly MapleRoute[],
  token: string,
): (request: ReceivedRequest) => SandboxAnswer {
  const route = createRouter(routes.map((entry) => ({ ...entry, path: `${PREFIX}${entry.path}` })));
  const outcomes = createIdempotencyStore();

  const perform = (request: ReceivedRequest): SandboxAnswer => {
    const match = route(request.method, request.path);
    if (match.kind === 'unknown-path') throw new MapleError(404, 'request_error', 'Unknown path');
    if (match.kind === 'wrong-method') {
      const answer = errorAnswer(new MapleError(405, 'request_error', 'Method not allowed'));
      return { ...answer, headers: { allow: match.allowed.join(', ') } };
    }
    if (match.params['company_id'] !== MAPLE_COMPANY_ID) throw unauthorized('No access to this company');
    if (request.malformedBody) throw refused('The body is not valid JSON');
    return match.handler({ params: match.params, body: request.body });
  };
  const performSafely = (request: ReceivedRequest): SandboxAnswer => {
    try {
      return perform(request);
    } catch (error) {
      if (error instanceof MapleError) return errorAnswer(error);
      const message = error instanceof Error ? error.message : 'Internal error';
      return errorAnswer(new MapleError(500, 'request_error', message));
    }
  };

  return (request) => {
    if (request.headers['authorization'] !== `Bearer ${token}`) return errorAnswer(unauthorized('Bad token'));
    const key = request.headers['idempotency-key'] ?? '';
    // Documented to have no effect on GET and DELETE.
    const isKeyed = key !== '' && (request.method === 'POST' || request.method === 'PATCH');
    if (!isKeyed) return performSafely(request);
    if (key.length > MAX_KEY_LENGTH) {
      return errorAnswer(
        invalid([{ field: 'Idempotency-Key', message: `must not exceed ${MAX_KEY_LENGTH} characters` }]),
      );
    }
    const outcome = outcomes.run({
      key,
      input: toJson([request.method, request.path, request.body]),
      produce: () => performSafely(request),
      isStored: () => true,
    });
    if (outcome.kind === 'conflict') {
      return errorAnswer(new MapleError(409, 'idempotency_error', 'The key was used for another request'));
    }
    const used = outcome.kind === 'replayed' ? { 'idempotency-used': 'true' } : {};
    return { ...outcome.answer, headers: { ...outcome.answer.headers, 'idempotency-key': key, ...used } };
  };
}

function unauthorized(message: string): MapleError {
  return new MapleError(401, 'auth_error', message);
}
