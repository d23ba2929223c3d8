import { once } from 'node:events';
import { connect } from 'node:net';

/** A name and a value, as they stand in the head. */
export type RawHeader = readonly [name: string, value: string];

/** What a request is written from. */
export interface RawRequestParts {
  readonly method?: string;
  /** What stands behind the method. */
  readonly target?: string;
  /** Beside `Host`, `Connection: close` and `Content-Length`, unless they are among these. */
  readonly headers?: readonly RawHeader[];
  readonly body?: string | Buffer;
}

/** An answer as it came over the wire, without what differs from request to request. */
export interface RawAnswer {
  readonly statusLine: string;
  /** In the order of their names, which are in lower case. */
  readonly headers: readonly string[];
  /** Each byte as one character, chunks put together. */
  readonly body: string;
}

const DIFFERENT_EACH_TIME = /^(?:date|x-request-id):/;
const [LINE_END, HEAD_END, LAST_CHUNK] = ['\r\n', '\r\n\r\n', '\r\n0\r\n\r\n'];

/** The bytes of a request; header values are written as UTF-8. */
export function rawRequest({
  method = 'POST',
  target = '/graphql',
  headers = [],
  body,
}: RawRequestParts): Buffer {
  const usual: RawHeader[] = [
    ['Host', '127.0.0.1'],
    ['Connection', 'close'],
  ];
  if (body !== undefined && !headers.some(([name]) => name.toLowerCase() === 'transfer-encoding'))
    usual.push(['Content-Length', String(Buffer.byteLength(body))]);
  const own = new Set(headers.map(([name]) => name.toLowerCase()));
  const all = [...usual.filter(([name]) => !own.has(name.toLowerCase())), ...headers];
  const lines = [`${method} ${target} HTTP/1.1`, ...all.map(([name, value]) => `${name}: ${value}`)];
  return Buffer.concat([Buffer.from(lines.join(LINE_END) + HEAD_END), Buffer.from(body ?? '')]);
}

/**
 * Sends bytes over a connection of their own, and gives all answers that come until the server ends it.
 *
 * @param endsAfter whether the client says that nothing more follows, as one that goes away in the middle does
 */
export async function exchange(url: string, bytes: Buffer, endsAfter = false): Promise<readonly RawAnswer[]> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).setEncoding('latin1');
  let received = '';
  socket.on('data', (text: string) => {
    received += text;
    // An answer in parts leaves the connection open, whatever its client wants.
    if (received.endsWith(LAST_CHUNK)) socket.end();
  });
  // A server that has heard enough may reset the connection.
  socket.on('error', () => undefined);
  if (endsAfter) socket.end(bytes);
  else socket.write(bytes);
  await once(socket, 'close');
  return answersIn(received);
}

function answersIn(received: string): readonly RawAnswer[] {
  const answers: RawAnswer[] = [];
  for (let rest = received; rest !== '';) {
    const headEnd = rest.indexOf(HEAD_END);
    if (headEnd < 0) throw new Error(`no answer: ${rest}`);
    const [statusLine = '', ...fields] = rest.slice(0, headEnd).split(LINE_END);
    const { body, length } = bodyIn(rest.slice(headEnd + HEAD_END.length), statusLine, fields);
    const headers = fields
      .map((field) => field.replace(/^[^:]+/, (name) => name.toLowerCase()))
      .filter((field) => !DIFFERENT_EACH_TIME.test(field))
      .toSorted();
    answers.push({ statusLine, headers, body });
    rest = rest.slice(headEnd + HEAD_END.length + length);
  }
  return answers;
}

/** The body at the beginning of a text, and how much of the text it takes. */
function bodyIn(
  text: string,
  statusLine: string,
  fields: readonly string[],
): { readonly body: string; readonly length: number } {
  if (/ (?:1\d\d|204|304) /.test(statusLine)) return { body: '', length: 0 };
  const valueOf = (name: string): string | undefined =>
    fields.find((field) => field.toLowerCase().startsWith(`${name}: `))?.slice(name.length + 2);
  const length = Number(valueOf('content-length') ?? text.length);
  if (valueOf('transfer-encoding') !== 'chunked') return { body: text.slice(0, length), length };
  let body = '';
  for (let at = 0; ;) {
    const sizeEnd = text.indexOf(LINE_END, at);
    const size = Number.parseInt(text.slice(at, sizeEnd), 16);
    const start = sizeEnd + LINE_END.length;
    if (!(size > 0)) return { body: size === 0 ? body : `${body} CUT OFF`, length: start + LINE_END.length };
    body += text.slice(start, start + size);
    at = start + size + LINE_END.length;
  }
}
