import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { UpstreamInvalidResponseError } from '../../errors/upstream-error.ts';
import type { Provider } from '../../provider.ts';
import { CallSlots } from './call-slots.ts';

/** A hundred invoices of several hundred lines each; a body beyond it is a fault, or an attack. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;
/** Bodies are read side by side up to there, and beyond it one after another: many at once would fill the memory. */
const MAX_SMALL_BYTES = 256 * 1024;
const TOO_LARGE = 'The provider answered with too large a body.';

type Headers = Dispatcher.ResponseData['headers'];

/** Reads the bodies of one upstream's answers as text, bounded on their decoded bytes. */
export class BodyReader {
  readonly #provider: Provider;
  readonly #large = new CallSlots({ running: 1, waiting: Number.POSITIVE_INFINITY });

  constructor(provider: Provider) {
    this.#provider = provider;
  }

  /**
   * The whole body.
   *
   * @throws UpstreamInvalidResponseError for a body that is too large, wrongly compressed or in an unknown encoding
   */
  async read(body: Readable, headers: Headers, signal: AbortSignal): Promise<string> {
    if (Number(headers['content-length']) > MAX_BODY_BYTES) throw this.#refuse(body, TOO_LARGE);
    const encoding = headers['content-encoding'];
    // Names of codings have no case, and x-gzip is gzip (RFC 9110 section 8.4.1).
    switch (typeof encoding === 'string' ? encoding.toLowerCase() : encoding) {
      case undefined:
      case 'identity':
        return this.#collect(body, signal);
      case 'gzip':
      case 'x-gzip':
        return this.#gunzip(body, signal);
      default:
        throw this.#refuse(body, 'The provider answered in an encoding that was not asked for.');
    }
  }

  async #gunzip(body: Readable, signal: AbortSignal): Promise<string> {
    let text = '';
    try {
      await pipeline(
        body,
        createGunzip(),
        async (decoded: AsyncIterable<Buffer>) => {
          text = await this.#collect(decoded, signal);
        },
        { signal },
      );
    } catch (error) {
      if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))
        throw this.#invalid('The provider answered with a broken gzip body.');
      throw error;
    }
    return text;
  }

  async #collect(body: AsyncIterable<Buffer>, signal: AbortSignal): Promise<string> {
    const chunks: Buffer[] = [];
    let size = 0;
    let isLarge = false;
    try {
      for await (const chunk of body) {
        size += chunk.length;
        if (size > MAX_BODY_BYTES) throw this.#invalid(TOO_LARGE);
        chunks.push(chunk);
        if (isLarge || size <= MAX_SMALL_BYTES) continue;
        const turn = this.#large.take(signal);
        // Where the signal has ended the wait, it ends the body as well.
        isLarge = turn === null || (await turn);
      }
      return Buffer.concat(chunks, size).toString('utf8');
    } finally {
      if (isLarge) this.#large.leave();
    }
  }

  #refuse(body: Readable, message: string): UpstreamInvalidResponseError {
    // An error event that nobody hears would end the process.
    body.on('error', () => undefined).destroy();
    return this.#invalid(message);
  }

  #invalid(message: string): UpstreamInvalidResponseError {
    return new UpstreamInvalidResponseError(this.#provider, message);
  }
}
