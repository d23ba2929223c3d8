import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const CONFIG = 'persisted-query-manifest.config.json';

const manifestFile = z.object({ operations: z.array(z.object({ id: z.string(), name: z.string() })) });

/** What Apollo's tool makes of `schema/operations`. */
export interface ApolloManifest {
  readonly path: string;
  readonly content: z.infer<typeof manifestFile>;
  remove(): Promise<void>;
}

/** Runs Apollo's `generate-persisted-query-manifest` in a folder of its own, with the example's configuration. */
export async function generateApolloManifest(): Promise<ApolloManifest> {
  const folder = await mkdtemp(join(tmpdir(), 'apollo-manifest-'));
  await copyFile(join(import.meta.dirname, CONFIG), join(folder, CONFIG));
  await symlink(resolve('schema'), join(folder, 'schema'));
  await promisify(execFile)(resolve('node_modules/.bin/generate-persisted-query-manifest'), { cwd: folder });
  const path = join(folder, 'persisted-query-manifest.json');
  const content = manifestFile.parse(JSON.parse(await readFile(path, 'utf8')));
  return { path, content, remove: () => rm(folder, { recursive: true }) };
}
