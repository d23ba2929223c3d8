import { rawRequest, type RawHeader } from '../../support/raw-exchange.ts';

/** A request to be sent both ways. */
export interface CorpusRequest {
  readonly title: string;
  readonly bytes: Buffer;
  /** Whether the client says that nothing more follows. */
  readonly endsAfter?: boolean;
}

const JSON_TYPE: RawHeader = ['Content-Type', 'application/json'];

/** A POST of JSON; a text is its body as it stands. */
export function post(body: unknown, ...headers: readonly RawHeader[]): Buffer {
  const hasType = headers.some(([name]) => name.toLowerCase() === 'content-type');
  return rawRequest({
    headers: hasType ? headers : [JSON_TYPE, ...headers],
    body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
  });
}

/** A GET with parameters in its address, those that are no text as JSON; a text is the query as it stands. */
export function get(
  parameters: Readonly<Record<string, unknown>> | string,
  ...headers: readonly RawHeader[]
): Buffer {
  return rawRequest({ method: 'GET', target: `/graphql?${searchOf(parameters)}`, headers });
}

function searchOf(parameters: Readonly<Record<string, unknown>> | string): string {
  if (typeof parameters === 'string') return parameters;
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    search.append(name, typeof value === 'string' ? value : JSON.stringify(value));
  return search.toString();
}

/** Named requests from their bytes. */
export function titled(requests: Readonly<Record<string, Buffer>>): CorpusRequest[] {
  return Object.entries(requests).map(([title, bytes]) => ({ title, bytes }));
}

/** A body as `Transfer-Encoding: chunked` has it, in chunks of so many characters. */
export function inChunks(body: string, size: number): string {
  const chunks = body.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
  return `${chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('')}0\r\n\r\n`;
}
