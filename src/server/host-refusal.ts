import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorCode } from '../errors/error-code.ts';
import { noteErrorCode } from './telemetry/request-scope.ts';

/** What a request is answered that is not for this gateway, by its `Host` header. */
export interface HostRefusal {
  readonly status: 400 | 421;
  readonly code: ErrorCode;
  readonly message: string;
}

/** Loopback for every client, whatever a name server says (RFC 6761, section 6.3). */
const LOOPBACK_NAME = /^(?:.+\.)?localhost\.?$/;
const LOOPBACK_ADDRESS = /^(?:127(?:\.\d+){3}|\[::1\])$/;

/**
 * Why a request is turned away for its `Host` header; null where it is not: 400 for one that no address can be made of,
 * and 421 (RFC 9110, section 15.5.20) for one that names another machine, where only this one may ask.
 *
 * A page on the web can make its own name lead to the loopback address (DNS rebinding). What it sends is no request to
 * another origin then, so that a browser lets it send and read everything; but its name still stands in the header.
 *
 * @param loopbackOnly whether everyone who reaches the gateway is let in, which is so on loopback alone
 */
export function hostRefusal(
  { headers: { host } }: Pick<IncomingMessage, 'headers'>,
  loopbackOnly: boolean,
): HostRefusal | null {
  // Only HTTP/1.0 leaves it out, and no browser.
  if (host === undefined) return null;
  const url = URL.parse(`http://${host}`);
  if (url === null) return { status: 400, code: 'BAD_USER_INPUT', message: 'The Host header is not a host.' };
  const { hostname } = url;
  if (!loopbackOnly || LOOPBACK_NAME.test(hostname) || LOOPBACK_ADDRESS.test(hostname)) return null;
  return {
    status: 421,
    code: 'FORBIDDEN',
    message: 'Without API keys the gateway answers to loopback names only, such as localhost.',
  };
}

/** Sends it. */
export function refuseHost(response: ServerResponse, { status, code, message }: HostRefusal): void {
  noteErrorCode(code);
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify({ errors: [{ message, extensions: { code } }] }));
}
