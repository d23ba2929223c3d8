import { setImmediate } from 'node:timers/promises';
import type { DocumentChecks } from '../operation-limits/validate-document.ts';
import { manifestEntries, ManifestError } from './manifest-entries.ts';
import { prepareOperation, printableId, type PersistedOperation } from './persisted-operation.ts';

/** Operations by their ids, as `comparableId` gives them. */
export type OperationsById = ReadonlyMap<string, PersistedOperation>;

/**
 * Reads a manifest, and parses and validates each of its operations. Requests are answered in between.
 *
 * @param known operations that are ready already: those that are the same are taken over
 * @throws ManifestError that names every operation at fault
 */
export async function loadManifest(
  text: string,
  checks: DocumentChecks,
  known: OperationsById = new Map(),
): Promise<OperationsById> {
  const operations = new Map<string, PersistedOperation>();
  const faults: string[] = [];
  for (const entry of manifestEntries(text)) {
    const earlier = known.get(entry.id);
    if (earlier?.text === entry.document) {
      addOperation(operations, earlier, faults);
      continue;
    }
    await setImmediate();
    const prepared = prepareOperation(entry, checks);
    if ('faults' in prepared) faults.push(...prepared.faults);
    else addOperation(operations, prepared.operation, faults);
  }
  if (faults.length > 0) throw new ManifestError(faults);
  return operations;
}

/**
 * All operations of several manifests together.
 *
 * @throws ManifestError where one id stands for two documents
 */
export function mergedOperations(manifests: readonly OperationsById[]): OperationsById {
  const operations = new Map<string, PersistedOperation>();
  const faults: string[] = [];
  for (const manifest of manifests) {
    for (const operation of manifest.values()) addOperation(operations, operation, faults);
  }
  if (faults.length > 0) throw new ManifestError(faults);
  return operations;
}

function addOperation(
  operations: Map<string, PersistedOperation>,
  operation: PersistedOperation,
  faults: string[],
): void {
  const { id, text } = operation;
  const earlier = operations.get(id);
  if (earlier === undefined) operations.set(id, operation);
  else if (earlier.text !== text) faults.push(`id ${printableId(id)} stands for two documents`);
}
