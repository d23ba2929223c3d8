import { gzipSync } from 'node:zlib';
import { rawRequest, type RawHeader } from '../../support/raw-exchange.ts';
import { get, post, titled, type CorpusRequest } from './requests.ts';

/** Its answer has an error when it is asked by `BAD`. */
const PLAIN = '{ providers { provider sandbox } }';
const BAD = '{ customers(first: -1) { nodes { id } } }';
const BODY = JSON.stringify({ query: PLAIN });

const ACCEPTED = [
  '',
  '*/*',
  '*/*;q=0.1',
  '*',
  'application/*',
  'application/json',
  'APPLICATION/JSON',
  'application/json; charset=utf-8',
  'application/json; charset=iso-8859-1',
  'application/json;q=0',
  'application/json;q=0.1, application/graphql-response+json;q=0.9',
  'application/graphql-response+json',
  'Application/GraphQL-Response+JSON',
  'application/graphql-response+json; charset=utf-8',
  'application/graphql-response+json, application/json',
  'application/json, application/graphql-response+json',
  'application/json , */*',
  '*/*, application/graphql-response+json',
  'application/*, application/graphql-response+json',
  'application/graphql-response+json,',
  ',application/json',
  'application / json',
  'application/\tjson',
  'application/json\t,\tapplication/graphql-response+json',
  'application/json,,*/*',
  'text/event-stream',
  'application/json, text/event-stream',
  'multipart/mixed, application/json',
  'multipart/mixed;deferSpec=20220824,application/json',
  'image/png',
  'application/graphql+json',
  'application/problem+json, application/json',
  'application',
  '/',
  'é',
];

const CONTENT_TYPES = [
  '',
  'application/json',
  'application/json;charset=utf-8',
  'application/json; charset=utf-8',
  'application/json;  charset=utf-8',
  'application/json; charset=UTF-8',
  'application/json; CHARSET=utf-8',
  'application/json; charset="utf-8"',
  'application/json; charset=iso-8859-1',
  'application/json;',
  'application/json ;charset=utf-8',
  'application/json, text/plain',
  'text/plain, application/json',
  'Application/JSON',
  'APPLICATION/JSON; charset=utf-8',
  'application/graphql+json',
  'application/graphql',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/plain',
  'text/json',
];

const QUERY = `query=${encodeURIComponent(PLAIN)}`;
const TARGETS = [
  '/graphql',
  '/graphql?',
  '/graphql/',
  '/graphql?x',
  `/graphql?x=1&${QUERY}`,
  `/graphql/?${QUERY}`,
  `//graphql?${QUERY}`,
  `/./graphql?${QUERY}`,
  `/x/../graphql?${QUERY}`,
  `/%67raphql?${QUERY}`,
  `/GRAPHQL?${QUERY}`,
  `/graphql;x?${QUERY}`,
  `/graphql#?${QUERY}`,
  `/graphql?${QUERY}#`,
  `/graphql?${QUERY}#fragment`,
  `/graphql?${QUERY}%23`,
  `/graphql?#&${QUERY}`,
  `/graphql?${QUERY}?`,
  `/graphql??${QUERY}`,
  `/graphql?&&${QUERY}&&`,
  `/graphql?${QUERY}&${QUERY}`,
  `/graphql?${QUERY}&query=x`,
  `/graphql?query=&${QUERY}`,
  '/graphql?query={providers{provider}}',
  '/graphql?query={providers+{+provider}}',
  '/graphql?query=%7Bproviders%7D%',
  '/graphql?query=%ff%fe',
  '/graphql?query={providers{provider}}\\',
  '/graphql?query={__typename%20%23é\n}',
  '/graphql?query={__typename%20%23é}',
  "/graphql?query={__typename%20%23'\"<>`|^}",
  '/graphql?query={__typename%20%23%00}',
  `/graphql?%71uery=${encodeURIComponent(PLAIN)}`,
  `/graphql?${QUERY}&__proto__=1&constructor=2&toString=3`,
  `/graphql?${QUERY}&${'p=1&'.repeat(2000)}`,
  `/graphql?${QUERY}&p=${'x'.repeat(14_000)}`,
  `/graphql?${QUERY}&p=${'x'.repeat(40_000)}`,
  `http://127.0.0.1/graphql?${QUERY}`,
  `http://evil.example.com/graphql?${QUERY}`,
  '*',
  '/',
  '/livez',
  '/readyz',
  '/graphq',
  '/graphqlx',
];

const METHODS = ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'get', 'QUERY', 'BREW'];

const HOSTS = [
  'localhost',
  'LOCALHOST:80',
  '127.0.0.1:1',
  '[::1]:4000',
  'x.localhost.',
  '',
  ' ',
  'evil.example.com',
  'localhost/',
  'localhost/path',
  'localhost?x=y',
  'localhost/graphql?x=',
  'localhost#',
  'user@localhost',
  'user:password@localhost:1',
  'localhost:99999',
  'local\\host',
  'localhost\\',
  '%6cocalhost',
  'local host',
];

const chunked: RawHeader = ['Transfer-Encoding', 'chunked'];
const json: RawHeader = ['Content-Type', 'application/json'];

function inChunks(body: string, size: number): string {
  const chunks = body.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
  return `${chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('')}0\r\n\r\n`;
}

function framed(bytes: string): Buffer {
  return Buffer.from(bytes);
}

const HEAD = 'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
const LENGTH = Buffer.byteLength(BODY);
const CLOSE = 'Connection: close\r\n';
const NEXT = `${HEAD}${CLOSE}Content-Length: ${LENGTH}\r\n\r\n${BODY}`;

/** How the body is announced, and what comes; those that end in the middle are sent by clients that end there. */
const FRAMINGS: Readonly<Record<string, Buffer>> = {
  'no length': framed(`${HEAD}${CLOSE}\r\n`),
  'no length, and a body': framed(`${HEAD}${CLOSE}\r\n${BODY}`),
  'a length of nothing': framed(`${HEAD}${CLOSE}Content-Length: 0\r\n\r\n`),
  'a length that is too short': framed(`${HEAD}${CLOSE}Content-Length: ${LENGTH - 5}\r\n\r\n${BODY}`),
  'a length that is too short, with another request hidden': framed(
    `${HEAD}Content-Length: ${LENGTH}\r\n\r\n${BODY}${NEXT}`,
  ),
  'a length that is no number': framed(`${HEAD}${CLOSE}Content-Length: x\r\n\r\n${BODY}`),
  'a length with a sign': framed(`${HEAD}${CLOSE}Content-Length: +${LENGTH}\r\n\r\n${BODY}`),
  'a length in hex': framed(`${HEAD}${CLOSE}Content-Length: 0x${LENGTH.toString(16)}\r\n\r\n${BODY}`),
  'a length with zeros in front': framed(`${HEAD}${CLOSE}Content-Length: 0000000${LENGTH}\r\n\r\n${BODY}`),
  'two lengths': framed(`${HEAD}${CLOSE}Content-Length: ${LENGTH}\r\nContent-Length: 3\r\n\r\n${BODY}`),
  'the same length twice': framed(
    `${HEAD}${CLOSE}Content-Length: ${LENGTH}\r\nContent-Length: ${LENGTH}\r\n\r\n${BODY}`,
  ),
  'a list of lengths': framed(`${HEAD}${CLOSE}Content-Length: ${LENGTH}, ${LENGTH}\r\n\r\n${BODY}`),
  'a length and chunks': framed(
    `${HEAD}${CLOSE}Content-Length: ${LENGTH}\r\nTransfer-Encoding: chunked\r\n\r\n${inChunks(BODY, 9)}`,
  ),
  'chunks hidden from some': framed(
    `${HEAD}${CLOSE}Content-Length: ${LENGTH}\r\nTransfer-Encoding: xchunked\r\n\r\n${BODY}`,
  ),
  'chunks by a header with a space': framed(
    `${HEAD}${CLOSE}Content-Length: ${LENGTH}\r\nTransfer-Encoding : chunked\r\n\r\n${BODY}`,
  ),
  'a folded header': framed(`${HEAD}${CLOSE}X-A: b\r\n c\r\nContent-Length: ${LENGTH}\r\n\r\n${BODY}`),
  'line ends without carriage return': framed(
    `${HEAD}${CLOSE}Content-Length: ${LENGTH}\r\n\r\n${BODY}`.replaceAll('\r\n', '\n'),
  ),
  'HTTP/1.0': framed(`${HEAD}Content-Length: ${LENGTH}\r\n\r\n${BODY}`.replace('HTTP/1.1', 'HTTP/1.0')),
  'HTTP/1.0 without a host': framed(
    `POST /graphql HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: ${LENGTH}\r\n\r\n${BODY}`,
  ),
  'HTTP/1.1 without a host': framed(
    `POST /graphql HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: ${LENGTH}\r\n\r\n${BODY}`,
  ),
  'two hosts': framed(`${HEAD}Host: 127.0.0.1\r\n${CLOSE}Content-Length: ${LENGTH}\r\n\r\n${BODY}`),
  'a length by GET': framed(`GET /graphql?${QUERY} HTTP/1.1\r\nHost: localhost\r\n${CLOSE}Content-Length: 3\r\n\r\nabc`),
  'another request in the body by GET': framed(
    `GET /graphql?${QUERY} HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${Buffer.byteLength(NEXT)}\r\n\r\n${NEXT}${NEXT}`,
  ),
  'chunks by GET': framed(
    `GET /graphql?${QUERY} HTTP/1.1\r\nHost: localhost\r\n${CLOSE}Transfer-Encoding: chunked\r\n\r\n${inChunks('abc', 1)}`,
  ),
  'four requests in a row': framed(
    `${HEAD}Content-Length: ${LENGTH}\r\n\r\n${BODY}GET /graphql?${QUERY} HTTP/1.1\r\nHost: localhost\r\n\r\nGET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n${NEXT}`,
  ),
};

const CUT_OFF: Readonly<Record<string, Buffer>> = {
  'a head without its end': framed(`${HEAD}Content-Length: ${LENGTH}\r\n`),
  'no byte of its body': framed(`${HEAD}Content-Length: ${LENGTH}\r\n\r\n`),
  'half of its body': framed(`${HEAD}Content-Length: ${LENGTH}\r\n\r\n${BODY.slice(0, 9)}`),
  'all but the last byte': framed(`${HEAD}Content-Length: ${LENGTH}\r\n\r\n${BODY.slice(0, -1)}`),
  'half of a chunk': framed(`${HEAD}Transfer-Encoding: chunked\r\n\r\n${inChunks(BODY, 9).slice(0, 20)}`),
  'everything, and its side of the connection': framed(`${HEAD}${CLOSE}Content-Length: ${LENGTH}\r\n\r\n${BODY}`),
};

const REPEATED: Readonly<Record<string, readonly RawHeader[]>> = {
  'two types': [json, ['Content-Type', 'text/plain']],
  'two types the other way round': [['Content-Type', 'text/plain'], json],
  'Accept twice': [json, ['Accept', 'application/graphql-response+json'], ['Accept', 'application/json']],
  'Accept twice, a page among them': [json, ['Accept', 'application/json'], ['Accept', 'text/html']],
  'a header of a member of every object': [json, ['__proto__', 'x'], ['constructor', 'x'], ['toString', 'x']],
  'an expectation': [json, ['Expect', '100-continue']],
  'an unknown expectation': [json, ['Expect', 'wonders']],
  'an upgrade': [json, ['Connection', 'Upgrade, close'], ['Upgrade', 'h2c']],
  'another method': [json, ['X-HTTP-Method-Override', 'PUT']],
  'an origin': [json, ['Origin', 'https://app.example.com']],
  'a null origin': [json, ['Origin', 'null']],
  'an If-None-Match by POST': [json, ['If-None-Match', '*']],
  'a range': [json, ['Range', 'bytes=0-3']],
  'a compressed answer': [json, ['Accept-Encoding', 'gzip, br']],
  'a request id': [json, ['X-Request-Id', 'mine-1']],
  'a trailer': [json, chunked, ['Trailer', 'X-End']],
};

/** Everything but the operation: all that a head may say, and how bodies may come. */
export const REQUESTS_BY_HEAD: readonly CorpusRequest[] = [
  ...titled({ 'no header beside': post(BODY) }),
  ...ACCEPTED.flatMap((type) =>
    titled({
      [`POST, Accept: ${type}`]: post(BODY, ['Accept', type]),
      [`POST of a bad query, Accept: ${type}`]: post({ query: BAD }, ['Accept', type]),
      [`GET, Accept: ${type}`]: get({ query: PLAIN }, ['Accept', type]),
      [`GET of a bad query, Accept: ${type}`]: get({ query: BAD }, ['Accept', type]),
    }),
  ),
  ...titled({
    'GET, Accept: text/html': get({ query: PLAIN }, ['Accept', 'text/html']),
    'POST, Accept: text/html, and anything': post(BODY, ['Accept', 'text/html,application/json;q=0.9,*/*;q=0.8']),
  }),
  ...CONTENT_TYPES.flatMap((type) => titled({ [`Content-Type: ${type}`]: post(BODY, ['Content-Type', type]) })),
  ...TARGETS.flatMap((target) =>
    titled({
      [`GET ${target.slice(0, 80)} (${target.length})`]: rawRequest({ method: 'GET', target }),
      [`POST ${target.slice(0, 80)} (${target.length})`]: rawRequest({ target, headers: [json], body: BODY }),
    }),
  ),
  ...METHODS.flatMap((method) =>
    titled({
      [`${method} with a query`]: rawRequest({ method, target: `/graphql?${QUERY}` }),
      [`${method} with a body`]: rawRequest({ method, headers: [json], body: BODY }),
    }),
  ),
  ...HOSTS.flatMap((host) =>
    titled({
      [`POST, Host: ${host}`]: post(BODY, ['Host', host]),
      [`GET, Host: ${host}`]: get({ query: PLAIN }, ['Host', host]),
    }),
  ),
  ...Object.entries(REPEATED).map(([title, headers]) => ({
    title,
    bytes: rawRequest({
      headers,
      body: headers.includes(chunked) ? `${inChunks(BODY, 9).slice(0, -2)}X-End: y\r\n\r\n` : BODY,
    }),
  })),
  ...[1, 7, 1000].flatMap((size) =>
    titled({ [`chunks of ${size}`]: rawRequest({ headers: [json, chunked], body: inChunks(BODY, size) }) }),
  ),
  ...['gzip', 'deflate', 'br', 'identity', 'x'].flatMap((encoding) =>
    titled({ [`Content-Encoding: ${encoding}`]: post(gzipSync(BODY), ['Content-Encoding', encoding]) }),
  ),
  ...titled(FRAMINGS),
  ...Object.entries(CUT_OFF).map(([title, bytes]) => ({ title: `cut off with ${title}`, bytes, endsAfter: true })),
];
