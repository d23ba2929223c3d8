/** What came back over HTTP. */
export interface OperationAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Of a body that is not JSON, null. */
  readonly body: unknown;
}

/** Members of a request, as JSON would hold them. */
export type OperationParameters = Readonly<Record<string, unknown>>;

/** Every form in which a request may name a persisted operation by its SHA-256. */
export const ID_FORMS: Readonly<Record<string, (hash: string) => OperationParameters>> = {
  documentId: (hash) => ({ documentId: hash }),
  'documentId with prefix': (hash) => ({ documentId: `sha256:${hash}` }),
  doc_id: (hash) => ({ doc_id: hash }),
  'doc_id with prefix': (hash) => ({ doc_id: `sha256:${hash}` }),
  id: (hash) => ({ id: hash }),
  'id with prefix': (hash) => ({ id: `sha256:${hash}` }),
  "Apollo's extension": (hash) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: hash } } }),
  "Apollo's extension with prefix": (hash) => ({
    extensions: { persistedQuery: { version: 1, sha256Hash: `sha256:${hash}` } },
  }),
};

/** Both ways in which a request may come. */
export const METHODS = ['POST', 'GET'] as const;

/** Sends parameters as JSON by POST, or in the address by GET, where all but text is written as JSON. */
export async function sendOperation(
  url: string,
  method: (typeof METHODS)[number],
  parameters: OperationParameters,
  headers: Readonly<Record<string, string>> = {},
): Promise<OperationAnswer> {
  const response =
    method === 'GET'
      ? await fetch(addressOf(url, parameters), { headers })
      : await fetch(url, {
          method,
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify(parameters),
        });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: parsed(text) };
}

function addressOf(url: string, parameters: OperationParameters): URL {
  const address = new URL(url);
  for (const [name, value] of Object.entries(parameters)) {
    address.searchParams.append(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return address;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
