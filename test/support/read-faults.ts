import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { SandboxFault } from '../../src/sandbox/http/sandbox-server.ts';
import { refusal } from './upstream-outages.ts';

/** A way in which an upstream fails to answer a read, and what a client is told. */
export interface ReadFault {
  readonly title: string;
  /** Null for a port where nobody listens. */
  readonly fault: SandboxFault | null;
  /** Null for 404, which means something else for each read. */
  readonly code: string | null;
}

type Play = (request: IncomingMessage, response: ServerResponse) => void;

const custom = (play: Play): SandboxFault => ({ kind: 'custom', play });

const answer = (body: string | Buffer, headers: Record<string, string> = {}): SandboxFault =>
  custom((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(body);
  });

const comeBack = (retryAfter: string): SandboxFault =>
  custom((_request, response) => void response.writeHead(429, { 'retry-after': retryAfter }).end('{}'));

/** Odd ones are told by their meaning, since their texts are no titles. */
const RETRY_AFTERS: Readonly<Record<string, string>> = {
  'of now': '0',
  'below zero': '-5',
  'of nothing': '',
  'that is no number': 'NaN',
  'with a fraction': '0.05',
  'of three thousand years': '99999999999',
  'with a date that is past': 'Thu, 01 Jan 1970 00:00:00 GMT',
  'with a date far ahead': 'Fri, 31 Dec 9999 23:59:59 GMT',
};

const DRIP_MS = 20;
const MEBIBYTE = 1024 * 1024;
const GIBIBYTE = 1024 * MEBIBYTE;

const statuses = (code: string, ...list: readonly number[]): ReadFault[] =>
  list.map((status) => ({ title: `a status ${status}`, fault: refusal(status), code }));

/** Faults that come at once. */
export const PROMPT_FAULTS: readonly ReadFault[] = [
  { title: 'a reset', fault: { kind: 'reset' }, code: 'UPSTREAM_UNAVAILABLE' },
  {
    title: 'a reset in the middle of the body',
    fault: custom((request, response) => {
      response.writeHead(200, { 'content-length': 1000 });
      response.write('{"data":[', () => request.socket.resetAndDestroy());
    }),
    code: 'UPSTREAM_UNAVAILABLE',
  },
  ...Object.entries(RETRY_AFTERS).map(([what, value]) => ({
    title: `a status 429 with a Retry-After ${what}`,
    fault: comeBack(value),
    code: 'UPSTREAM_RATE_LIMITED',
  })),
  ...statuses('UPSTREAM_UNAUTHORIZED', 401, 403),
  { title: 'a status 404', fault: refusal(404), code: null },
  ...statuses('UPSTREAM_UNAVAILABLE', 500, 502, 503, 504),
  {
    title: 'a web page',
    fault: answer('<html>', { 'content-type': 'text/html' }),
    code: 'UPSTREAM_INVALID_RESPONSE',
  },
  { title: 'a body cut short', fault: answer('{"data":[{"id":"'), code: 'UPSTREAM_INVALID_RESPONSE' },
  { title: 'garbage', fault: answer(Buffer.from([0, 255, 1, 254])), code: 'UPSTREAM_INVALID_RESPONSE' },
  {
    title: 'a redirect',
    fault: custom((_request, response) => {
      response.writeHead(307, { location: 'https://elsewhere.example.com/' }).end();
    }),
    code: 'UPSTREAM_INVALID_RESPONSE',
  },
  {
    title: 'missing fields',
    fault: answer('{"data":[{}],"results":[{}],"next_page":null,"pagination":{}}'),
    code: 'UPSTREAM_INVALID_RESPONSE',
  },
];

/** Faults that take as long as one waits. */
export const SLOW_FAULTS: readonly ReadFault[] = [
  { title: 'no answer', fault: { kind: 'hang' }, code: 'UPSTREAM_TIMEOUT' },
  {
    title: 'a slow drip',
    fault: custom((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const timer = setInterval(() => response.write(' '), DRIP_MS);
      response.once('close', () => clearInterval(timer));
    }),
    code: 'UPSTREAM_TIMEOUT',
  },
];

/** A port where nobody listens. */
export const REFUSED: ReadFault = { title: 'no connection', fault: null, code: 'UPSTREAM_UNAVAILABLE' };

/** Faults that would fill the memory. */
export const LARGE_FAULTS: readonly ReadFault[] = [
  {
    title: 'a gigabyte',
    fault: custom((_, response) => sendGigabyte(response, {})),
    code: 'UPSTREAM_INVALID_RESPONSE',
  },
  {
    title: 'an announced gigabyte',
    fault: custom((_, response) => sendGigabyte(response, { 'content-length': String(GIBIBYTE) })),
    code: 'UPSTREAM_INVALID_RESPONSE',
  },
  {
    title: 'a gzip bomb',
    fault: answer(gzipBomb(), { 'content-encoding': 'gzip' }),
    code: 'UPSTREAM_INVALID_RESPONSE',
  },
];

function sendGigabyte(response: ServerResponse, headers: Record<string, string>): void {
  const chunk = Buffer.alloc(MEBIBYTE, ' ');
  let left = GIBIBYTE / chunk.length;
  const more = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= 1;
      if (!response.write(chunk)) return;
    }
    response.end();
  };
  response.writeHead(200, { 'content-type': 'application/json', ...headers });
  response.on('drain', more);
  more();
}

/** A gigabyte in a megabyte. */
function gzipBomb(): Buffer {
  const member = gzipSync(Buffer.alloc(16 * MEBIBYTE, ' '));
  return Buffer.concat(Array.from({ length: 64 }, () => member));
}
