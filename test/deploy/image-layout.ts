import { spawnSync } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { allOf, type Instruction } from './dockerfile.ts';

/** The files of the image in a folder: those of its application, which nobody may write, and its volume. */
export interface ImageLayout {
  readonly app: string;
  /** For the user of the image. */
  readonly data: string;
  remove(): Promise<void>;
}

const lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      dev: z.boolean().optional(),
      devOptional: z.boolean().optional(),
      optional: z.boolean().optional(),
    }),
  ),
});

/** Packages that `npm ci --omit=dev` installs, as folders. */
async function productionPackages(): Promise<readonly string[]> {
  const { packages } = lockfile.parse(JSON.parse(await readFile('package-lock.json', 'utf8')));
  return Object.entries(packages)
    .filter(([path, { dev, devOptional, optional }]) => path !== '' && !dev && !devOptional && !optional)
    .map(([path]) => path);
}

/** Does what a stage's COPY instructions do, with the production packages in place of those that another stage installs. */
export async function layOutImage(stage: readonly Instruction[]): Promise<ImageLayout> {
  const root = await mkdtemp(join(tmpdir(), 'image-'));
  const [app, data] = [join(root, 'app'), join(root, 'data')];
  await mkdir(app);
  await mkdir(data);
  for (const rest of allOf(stage, 'COPY')) {
    const [sources, target] = [rest.split(' ').slice(0, -1), rest.split(' ').at(-1) ?? ''];
    if (sources[0]?.startsWith('--from=')) continue;
    for (const source of sources) {
      const isFolder = target.endsWith('/');
      await cp(source, isFolder ? join(app, target, source.split('/').at(-1) ?? '') : join(app, target), {
        recursive: true,
      });
    }
  }
  for (const path of await productionPackages()) {
    await mkdir(dirname(join(app, path)), { recursive: true });
    // A package may hold others, which are copied by themselves.
    await cp(path, join(app, path), {
      recursive: true,
      filter: (source) => !source.slice(path.length).includes('node_modules'),
    });
  }
  await chmod(root, 0o755);
  spawnSync('chmod', ['-R', 'a-w,a+rX', app]);
  return {
    app,
    data,
    async remove() {
      spawnSync('chmod', ['-R', 'u+w', root]);
      await rm(root, { recursive: true });
    },
  };
}

/** All files below a folder. */
export async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
