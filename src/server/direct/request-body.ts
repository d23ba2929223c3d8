import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

/** Reads a whole body; null where its client leaves before the end. */
export async function readRequestBody(request: IncomingMessage): Promise<Buffer | null> {
  if (request.destroyed) return null;
  const chunks: Buffer[] = [];
  return new Promise((resolve) => {
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => resolve(chunks.length === 1 ? (chunks[0] ?? null) : Buffer.concat(chunks)));
    request.once('close', () => resolve(null));
  });
}

/** The same request for a server that is still to read its body, which has been read here. */
export function withReadBody(request: IncomingMessage, body: Buffer): IncomingMessage {
  return Object.assign(request, { body: Readable.from([body]) });
}
