import { inChunks, titled, type CorpusRequest } from './requests.ts';

const BODY = JSON.stringify({ query: '{ providers { provider sandbox } }' });
const QUERY = `query=${encodeURIComponent('{ providers { provider } }')}`;

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
  'a length by GET': framed(
    `GET /graphql?${QUERY} HTTP/1.1\r\nHost: localhost\r\n${CLOSE}Content-Length: 3\r\n\r\nabc`,
  ),
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
  'everything, and its side of the connection': framed(
    `${HEAD}${CLOSE}Content-Length: ${LENGTH}\r\n\r\n${BODY}`,
  ),
};

/** How a body is announced, and how much of it comes. */
export const REQUESTS_BY_FRAMING: readonly CorpusRequest[] = [
  ...titled(FRAMINGS),
  ...Object.entries(CUT_OFF).map(([title, bytes]) => ({
    title: `cut off with ${title}`,
    bytes,
    endsAfter: true,
  })),
];
