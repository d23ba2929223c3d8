import { gzipSync } from 'node:zlib';
import { rawRequest, type RawHeader } from '../../support/raw-exchange.ts';
import { get, inChunks, post, titled, type CorpusRequest } from './requests.ts';

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
  '/graphql?query={__typename%20%23\'"<>`|^}',
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

/** All that a head may say, and how a body may be written. */
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
    'POST, Accept: text/html, and anything': post(BODY, [
      'Accept',
      'text/html,application/json;q=0.9,*/*;q=0.8',
    ]),
  }),
  ...CONTENT_TYPES.flatMap((type) =>
    titled({ [`Content-Type: ${type}`]: post(BODY, ['Content-Type', type]) }),
  ),
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
];
