import { OperationTooComplexError } from '../../errors/gateway-error.ts';
import type { UpstreamReader } from '../../upstream/http/upstream-client.ts';
import type { OperationLedger } from './operation-ledger.ts';

/**
 * The same reader, where reads are shared with other operations: one that ends since the operation that began it may make
 * no more calls is made anew for an operation that may.
 *
 * @param reader shares reads
 * @param direct shares nothing
 */
export function withoutForeignRefusals(
  reader: UpstreamReader,
  direct: UpstreamReader,
  ledger: Pick<OperationLedger, 'isSpent'>,
): UpstreamReader {
  if (reader === direct) return reader;
  return {
    async read(read) {
      try {
        return await reader.read(read);
      } catch (error) {
        if (!(error instanceof OperationTooComplexError) || ledger.isSpent) throw error;
        return direct.read(read);
      }
    },
  };
}
