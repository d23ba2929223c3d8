import { readFile, stat } from 'node:fs/promises';
import type { Logger } from 'pino';
import { ConfigError } from '../../config.ts';
import { faultFields } from '../fault-fields.ts';
import { loadManifest, mergedOperations, type OperationsById } from './load-manifest.ts';
import { ManifestError } from './manifest-entries.ts';
import type { DocumentChecks } from '../operation-limits/validate-document.ts';
import type { PersistedOperation } from './persisted-operation.ts';

/** The operations of all manifests, as their files are now. */
export interface PersistedOperations {
  /** By the id as `comparableId` gives it; null for an unknown one. */
  find(id: string): PersistedOperation | null;
  /** Looks at the files no more. */
  close(): void;
}

interface ManifestOptions {
  /** The manifests' files. Without any there are no operations. */
  readonly paths: readonly string[];
  readonly checks: DocumentChecks;
  readonly logger: Logger;
  /** How often the files' dates are looked at. */
  readonly reloadIntervalMs?: number;
}

interface ManifestFile {
  readonly path: string;
  /** Which file it is, from 1: its path is not shown. */
  readonly place: number;
  /** What the file system said of the content that was tried last. */
  stamp: string;
  /** The content that was tried last; null where it could not be read. */
  text: string | null;
  /** What the file held when it was last without faults. */
  operations: OperationsById;
}

/**
 * Loads manifests, and loads a file again within a second or so after it has changed. One `stat` of each file a second
 * is what notices, instead of a watch: it also sees files that are replaced, linked (as Kubernetes mounts them) or on a
 * network. A changed file with faults is left aside, said once in the log without any of its content, and what it held
 * before stays in use.
 *
 * @throws ConfigError that names every operation at fault, and no path
 */
export async function openPersistedOperations(options: ManifestOptions): Promise<PersistedOperations> {
  const { paths, checks, logger, reloadIntervalMs = 1000 } = options;
  const files = paths.map((path, index): ManifestFile => ({
    path,
    place: index + 1,
    stamp: '',
    text: null,
    operations: new Map(),
  }));
  const faults: string[] = [];
  const collect = (place: number | null, error: unknown): void => {
    if (!(error instanceof ManifestError)) throw error;
    const where = place === null ? '' : `manifest ${place}, `;
    faults.push(...error.faults.map((fault) => `PERSISTED_OPERATIONS_PATH: ${where}${fault}`));
  };
  for (const file of files) await refresh(file, checks).catch((error: unknown) => collect(file.place, error));
  let served: OperationsById = new Map();
  try {
    served = mergedOperations(files.map(({ operations }) => operations));
  } catch (error) {
    collect(null, error);
  }
  if (faults.length > 0)
    throw new ConfigError(`The persisted operations have faults:\n- ${faults.join('\n- ')}`);

  async function reload(): Promise<void> {
    let hasChanged = false;
    for (const file of files) {
      try {
        hasChanged = (await refresh(file, checks)) || hasChanged;
      } catch (error) {
        logger.error(
          { manifest: file.place, ...reloadFault(error) },
          'a manifest of persisted operations has changed and has faults: what it held before stays in use',
        );
      }
    }
    if (!hasChanged) return;
    try {
      served = mergedOperations(files.map(({ operations }) => operations));
      logger.info({ operations: served.size }, 'persisted operations reloaded');
    } catch (error) {
      logger.error(
        reloadFault(error),
        'manifests of persisted operations contradict each other since a change: what they held before stays in use',
      );
    }
  }

  let timer: NodeJS.Timeout | undefined;
  let isClosed = files.length === 0;
  function lookLater(): void {
    if (!isClosed) timer = setTimeout(() => void reload().finally(lookLater), reloadIntervalMs).unref();
  }
  lookLater();
  return {
    find: (id) => served.get(id) ?? null,
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}

/**
 * Loads a file whose content is not the one tried last; tells whether there was anything new.
 *
 * @throws ManifestError where the content has faults; it counts as tried all the same
 */
async function refresh(file: ManifestFile, checks: DocumentChecks): Promise<boolean> {
  const stamp = await stampOf(file.path);
  if (stamp === file.stamp) return false;
  const isFirst = file.stamp === '';
  file.stamp = stamp;
  const text = await readFile(file.path, 'utf8').catch(() => null);
  if (text === file.text && !isFirst) return false;
  file.text = text;
  if (text === null) throw new ManifestError(['it cannot be read']);
  file.operations = await loadManifest(text, checks, file.operations);
  return true;
}

async function stampOf(path: string): Promise<string> {
  try {
    const { mtimeNs, ctimeNs, size, ino, dev } = await stat(path, { bigint: true });
    return [mtimeNs, ctimeNs, size, ino, dev].join(' ');
  } catch {
    return 'unreadable';
  }
}

/** How much is wrong; what exactly, `npm run check` and the next start tell. */
function reloadFault(error: unknown): Readonly<Record<string, unknown>> {
  return error instanceof ManifestError ? { faults: error.faults.length } : faultFields(error);
}
