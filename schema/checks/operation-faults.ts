import {
  loadManifest,
  mergedOperations,
  type OperationsById,
} from '../../src/server/persisted-operations/load-manifest.ts';
import { ManifestError } from '../../src/server/persisted-operations/manifest-entries.ts';
import type { DocumentChecks } from '../../src/server/operation-limits/validate-document.ts';

/**
 * What is wrong with manifests of persisted operations, as the server would say at its start.
 *
 * @param manifests text by path.
 * @returns a line for each fault, with the path and the operation.
 */
export async function operationFaults(
  manifests: ReadonlyMap<string, string>,
  checks: DocumentChecks,
): Promise<readonly string[]> {
  const lines: string[] = [];
  const loaded: OperationsById[] = [];
  for (const [path, text] of manifests) {
    try {
      loaded.push(await loadManifest(text, checks));
    } catch (error) {
      lines.push(...faultsOf(error).map((fault) => `${path}: ${fault}`));
    }
  }
  try {
    mergedOperations(loaded);
  } catch (error) {
    lines.push(...faultsOf(error));
  }
  return lines;
}

function faultsOf(error: unknown): readonly string[] {
  if (error instanceof ManifestError) return error.faults;
  throw error;
}
