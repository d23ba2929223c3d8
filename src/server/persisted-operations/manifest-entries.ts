import { z } from 'zod';
import { comparableId, HASH_PREFIX, looksHashed } from './operation-id.ts';

/** One operation of a manifest, as the manifest has it. */
export interface ManifestEntry {
  /** As `comparableId` gives it. */
  readonly id: string;
  /** The text of the document. */
  readonly document: string;
  /** Whether the id has to be the SHA-256 of the document. */
  readonly hashed: boolean;
}

/** Everything that is wrong with a manifest. The lines may name its operations. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super('the manifest has faults');
    this.faults = faults;
  }
}

const APOLLO_FORMAT = 'apollo-persisted-query-manifest';

const apolloManifest = z.object({
  format: z.literal(APOLLO_FORMAT),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string().min(1), body: z.string() })),
});

/**
 * The operations of a manifest, in either form of contract.md section 'Endpoints', told apart by `format`:
 *
 * - A flat object from id to document, as graphql-codegen and the Relay compiler write it. An id that looks like a
 *   SHA-256 has to be that of its document, since both tools make it so and a difference means that one of the two was
 *   changed. Relay also hashes by MD5 or SHA-1, or takes the ids that another program made: every other id is one of its
 *   own, and is taken as it is.
 * - Apollo's `apollo-persisted-query-manifest`, whose `createOperationId` may make any id, also one that looks like a
 *   hash: only an id with the prefix `sha256:` has to be one.
 *
 * @throws ManifestError for text in neither form
 */
export function manifestEntries(text: string): readonly ManifestEntry[] {
  const manifest = parsed(text);
  if (typeof manifest !== 'object' || manifest === null || Array.isArray(manifest)) throw unknownForm();
  if ('format' in manifest && manifest.format === APOLLO_FORMAT) {
    const { success, data, error } = apolloManifest.safeParse(manifest);
    if (!success)
      throw new ManifestError(error.issues.map(({ path }) => `${path.join('.')} is not as expected`));
    return data.operations.map(({ id, body }) => ({
      id: comparableId(id),
      document: body,
      hashed: id.startsWith(HASH_PREFIX),
    }));
  }
  return Object.entries(manifest).map(([id, document]: [string, unknown]) => {
    if (typeof document !== 'string' || id === '') throw unknownForm();
    return { id: comparableId(id), document, hashed: looksHashed(id) };
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ManifestError(['it is not JSON']);
  }
}

function unknownForm(): ManifestError {
  return new ManifestError([
    `it is neither an object from ids to documents nor an ${APOLLO_FORMAT} of version 1`,
  ]);
}
