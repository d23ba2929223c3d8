import type { IncomingMessage } from 'node:http';

/** What is asked for, by the head of a request that may be answered directly. */
export interface DirectHead {
  readonly method: 'GET' | 'POST';
  /** What stands behind the question mark of the address; empty for a POST. */
  readonly search: string;
  /** Of the body of a POST, in bytes. */
  readonly contentLength: number;
  /** Of the answer. */
  readonly mediaType: 'application/json' | 'application/graphql-response+json';
}

/** How requests have to look. */
interface HeadRules {
  readonly maxBodyBytes: number;
  /** Whether pages of other origins may ask: their requests need headers that only the server sets. */
  readonly hasCors: boolean;
}

const ENDPOINT = '/graphql';
/** In this spelling alone, as the server knows it. */
const JSON_TYPE = /^application\/json(?:; ?charset=utf-8)?$/;
/** In a `Host` header: with it in front, the path that the server sees is another. */
const ENDS_HOST = /[/?#\\]/;
/** What says how a body is to be read, or when it comes. */
const UNUSUAL_HEADERS = ['transfer-encoding', 'content-encoding', 'expect', 'upgrade'] as const;

/** The head of a plain request for JSON; null for every other, which the server answers. */
export function directHead(
  { method, url = '', headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  { maxBodyBytes, hasCors }: HeadRules,
): DirectHead | null {
  if (UNUSUAL_HEADERS.some((name) => headers[name] !== undefined)) return null;
  if (ENDS_HOST.test(headers.host ?? '')) return null;
  if (hasCors && headers.origin !== undefined) return null;
  const mediaType = answerType(headers.accept);
  if (mediaType === null) return null;
  if (method === 'GET' && url.startsWith(`${ENDPOINT}?`)) {
    return { method, search: url.slice(ENDPOINT.length + 1), contentLength: 0, mediaType };
  }
  if (method !== 'POST' || url !== ENDPOINT || !JSON_TYPE.test(headers['content-type'] ?? '')) return null;
  const length = headers['content-length'] ?? '';
  const contentLength = /^\d{1,9}$/.test(length) ? Number(length) : Number.POSITIVE_INFINITY;
  return contentLength > maxBodyBytes ? null : { method, search: '', contentLength, mediaType };
}

/**
 * The first type of an `Accept` header, as the server chooses it: it looks at no weights. Null where the header names
 * anything that is no plain JSON.
 */
function answerType(accept = '*/*'): DirectHead['mediaType'] | null {
  let first: DirectHead['mediaType'] | null = null;
  for (const range of accept.split(',')) {
    const type = typeOf(range.trim().toLowerCase());
    if (type === null) return null;
    first ??= type;
  }
  return first;
}

function typeOf(range: string): DirectHead['mediaType'] | null {
  switch (range) {
    case 'application/graphql-response+json':
      return 'application/graphql-response+json';
    case 'application/json':
    case 'application/*':
    case '*/*':
      return 'application/json';
    default:
      return null;
  }
}
