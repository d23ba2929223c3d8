import { promisify } from 'node:util';
import { gunzip, gunzipSync } from 'node:zlib';
import { UpstreamInvalidResponseError } from '../../errors/upstream-error.ts';
import type { Provider } from '../../provider.ts';
import type { CallSlots } from './call-slots.ts';

/** What holds for the bodies of one upstream. */
export interface BodyLimits {
  readonly provider: Provider;
  /** Of a body, as it comes and unpacked. */
  readonly maxBytes: number;
  /** Where large bodies wait for one another. */
  readonly large: CallSlots;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
}

/** Unpacked at once up to there, which takes less than a millisecond; beyond it, one after another. */
const MAX_SMALL_BYTES = 256 * 1024;

const unpack = promisify(gunzip);

/**
 * The text of a body; later where it is large and packed.
 *
 * @throws UpstreamInvalidResponseError for a body that is wrongly compressed, unpacks to too much, or is in an encoding that
 * was not asked for
 */
export function decodeBody(
  body: Buffer,
  encoding: string | undefined,
  limits: BodyLimits,
): string | Promise<string> {
  // Names of codings have no case, and x-gzip is gzip (RFC 9110 section 8.4.1).
  switch (encoding?.toLowerCase()) {
    case undefined:
    case 'identity':
      return body.toString();
    case 'gzip':
    case 'x-gzip':
      return unpacked(body, limits);
    default:
      throw invalid(limits, 'in an encoding that was not asked for');
  }
}

/** The failure for a body beyond the limit. */
export function tooLarge({ provider }: Pick<BodyLimits, 'provider'>): UpstreamInvalidResponseError {
  return invalid({ provider }, 'with too large a body');
}

function unpacked(body: Buffer, limits: BodyLimits): string | Promise<string> {
  try {
    return gunzipSync(body, { maxOutputLength: MAX_SMALL_BYTES }).toString();
  } catch (error) {
    if (!isTooLong(error)) throw unpackFailure(error, limits);
  }
  return unpackedInTurn(body, limits);
}

async function unpackedInTurn(body: Buffer, limits: BodyLimits): Promise<string> {
  const { maxBytes, large, signal } = limits;
  const turn = large.take(signal);
  if (turn !== null && !(await turn)) throw signal.reason;
  try {
    return (await unpack(body, { maxOutputLength: maxBytes })).toString();
  } catch (error) {
    throw isTooLong(error) ? tooLarge(limits) : unpackFailure(error, limits);
  } finally {
    large.leave();
  }
}

function isTooLong(error: unknown): boolean {
  return error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}

function unpackFailure(error: unknown, limits: BodyLimits): unknown {
  const isBroken = error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
  return isBroken ? invalid(limits, 'with a broken gzip body') : error;
}

function invalid({ provider }: Pick<BodyLimits, 'provider'>, how: string): UpstreamInvalidResponseError {
  return new UpstreamInvalidResponseError(provider, `The provider answered ${how}.`);
}
