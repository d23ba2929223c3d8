import type { SandboxAnswer } from '../../http/start-http-server.ts';
import type { Route } from '../../http/router.ts';
import { notFound } from '../maple-error.ts';
import type { WireObject } from '../wire/wire-object.ts';

/** What an operation gets to see of a request that is authorised and in this company. */
export interface MapleCall {
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** An operation; it throws MapleError to refuse. */
export type MapleHandler = (call: MapleCall) => SandboxAnswer;

/** An operation with its method and its path below `/api/v1/companies/{company_id}`. */
export type MapleRoute = Route<MapleHandler>;

/** A route that reads one resource by the id in its path; `read` gives undefined for an unknown id. */
export function readRoute(
  path: string,
  resource: string,
  read: (id: string) => WireObject | undefined,
): MapleRoute {
  return {
    method: 'GET',
    path: `${path}/{id}`,
    handler({ params }) {
      const body = read(params['id'] ?? '');
      if (body === undefined) throw notFound(resource);
      return { status: 200, body };
    },
  };
}

/** A route that answers a POST with 200. */
export function postRoute(path: string, answer: (body: unknown) => unknown): MapleRoute {
  return { method: 'POST', path, handler: ({ body }) => ({ status: 200, body: answer(body) }) };
}

/** A route that answers a POST with 201. */
export function createRoute(path: string, create: (body: unknown) => unknown): MapleRoute {
  return { method: 'POST', path, handler: ({ body }) => ({ status: 201, body: create(body) }) };
}
