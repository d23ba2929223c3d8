import { createHash } from 'node:crypto';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own for manifests. */
export interface ManifestFolder {
  /** Writes a file at once, in the place of one of this name if there is one, and gives its path. */
  write(name: string, content: string): Promise<string>;
  remove(): Promise<void>;
}

/** Makes a new empty folder. */
export async function createManifestFolder(): Promise<ManifestFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'manifests-'));
  return {
    async write(name, content) {
      const path = join(folder, name);
      await writeFile(`${path}.new`, content);
      await rename(`${path}.new`, path);
      return path;
    },
    remove: () => rm(folder, { recursive: true }),
  };
}

/** The SHA-256 of a document in hex. */
export function sha256(document: string): string {
  return createHash('sha256').update(document).digest('hex');
}

/** As graphql-codegen writes it. */
export function codegenManifest(documents: readonly string[]): string {
  return JSON.stringify(
    Object.fromEntries(documents.map((document) => [`sha256:${sha256(document)}`, document])),
  );
}

/** As the Relay compiler writes it. */
export function relayManifest(documents: readonly string[]): string {
  return JSON.stringify(Object.fromEntries(documents.map((document) => [sha256(document), document])));
}

/** As Apollo's `generate-persisted-query-manifest` writes it, by default with a SHA-256 as id. */
export function apolloManifest(documents: readonly string[], idOf = sha256): string {
  const operations = documents.map((body) => {
    const [, type = 'query', name = ''] = /^(query|mutation) (\w+)/.exec(body) ?? [];
    return { id: idOf(body), name, type, body };
  });
  return JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations });
}
