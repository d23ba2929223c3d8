import type { UpstreamReader } from './upstream-client.ts';

/**
 * The same reader for a request that ends then, so that its reads may be tried again while there is time.
 *
 * @param endsAtMs on the clock of `performance.now`
 */
export function readerUntil(reader: UpstreamReader, endsAtMs: number): UpstreamReader {
  return { read: (read) => reader.read({ ...read, endsAtMs }) };
}
