import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { UpstreamInvalidResponseError } from '../../errors/upstream-error.ts';
import type { Provider } from '../../provider.ts';

/** More than a hundred of the largest invoices; a body beyond it is a fault, or an attack. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

/**
 * Reads a whole body as text, bounded on its decoded bytes.
 *
 * @throws UpstreamInvalidResponseError for a body that is too large, wrongly compressed or in an unknown encoding
 */
export async function readBody(
  provider: Provider,
  body: Readable,
  encoding: string | string[] | undefined,
  signal: AbortSignal,
): Promise<string> {
  // Names of codings have no case, and x-gzip is gzip (RFC 9110 section 8.4.1).
  switch (typeof encoding === 'string' ? encoding.toLowerCase() : encoding) {
    case undefined:
    case 'identity':
      return collect(provider, body);
    case 'gzip':
    case 'x-gzip':
      return gunzip(provider, body, signal);
    default:
      // An error event that nobody hears would end the process.
      body.on('error', () => undefined).destroy();
      throw new UpstreamInvalidResponseError(
        provider,
        'The provider answered in an encoding that was not asked for.',
      );
  }
}

async function gunzip(provider: Provider, body: Readable, signal: AbortSignal): Promise<string> {
  let text = '';
  try {
    await pipeline(
      body,
      createGunzip(),
      async (decoded: AsyncIterable<Buffer>) => {
        text = await collect(provider, decoded);
      },
      { signal },
    );
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) {
      throw new UpstreamInvalidResponseError(provider, 'The provider answered with a broken gzip body.');
    }
    throw error;
  }
  return text;
}

async function collect(provider: Provider, body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES)
      throw new UpstreamInvalidResponseError(provider, 'The provider answered with too large a body.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size).toString('utf8');
}
