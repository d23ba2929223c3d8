/** An answer that comes in parts. */
export interface AnswerInParts {
  readonly status: number;
  readonly headers: Headers;
  /** Each part as soon as it has come whole. */
  readonly parts: AsyncIterableIterator<unknown>;
}

/** What Apollo's client says that it takes. */
const ACCEPT = 'multipart/mixed;deferSpec=20220824,application/json';

/** Posts an operation as a client that takes its answer in parts. */
export async function askForParts(
  url: string,
  parameters: Readonly<Record<string, unknown>>,
  signal: AbortSignal | null = null,
): Promise<AnswerInParts> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: ACCEPT },
    body: JSON.stringify(parameters),
    signal,
  });
  return { status: response.status, headers: response.headers, parts: partsOf(response) };
}

/** The next part; throws where there is none. */
export async function nextPart({ parts }: AnswerInParts): Promise<unknown> {
  const part = await parts.next();
  if (part.done === true) throw new Error('there is no further part');
  return part.value;
}

/** All parts that are left. */
export function remainingParts({ parts }: AnswerInParts): Promise<unknown[]> {
  return Array.fromAsync(parts);
}

/** Of `multipart/mixed; boundary="-"`. */
async function* partsOf({ body }: Response): AsyncGenerator {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    const pieces = text.split('\r\n---');
    text = pieces.pop() ?? '';
    for (const piece of pieces) {
      const start = piece.indexOf('\r\n\r\n');
      if (start >= 0) yield JSON.parse(piece.slice(start));
    }
  }
  if (text.trim() !== '--') throw new Error('the answer ends in the middle');
}
