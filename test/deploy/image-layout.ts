import { spawnSync } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allOf, type Instruction } from './dockerfile.ts';

/** The files of the image in a folder: those of its application, which nobody may write, and its volume. */
export interface ImageLayout {
  readonly app: string;
  /** For the user of the image. */
  readonly data: string;
  remove(): Promise<void>;
}

const FROM_BUILD = /^--from=build \/app\/(\S+) /;

/** Does what a stage's COPY instructions do, with the bundle of this checkout in place of that of another stage. */
export async function layOutImage(stage: readonly Instruction[]): Promise<ImageLayout> {
  const root = await mkdtemp(join(tmpdir(), 'image-'));
  const [app, data] = [join(root, 'app'), join(root, 'data')];
  await mkdir(app);
  await mkdir(data);
  for (const rest of allOf(stage, 'COPY')) {
    const words = rest.replace(FROM_BUILD, '$1 ').split(' ');
    const [sources, target] = [words.slice(0, -1), words.at(-1) ?? ''];
    for (const source of sources) {
      const isFolder = target.endsWith('/');
      await cp(source, isFolder ? join(app, target, source.split('/').at(-1) ?? '') : join(app, target), {
        recursive: true,
        // What other gateways write while it is copied; the image makes its own.
        filter: (path) => !path.includes('dist/compiled'),
      });
    }
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
