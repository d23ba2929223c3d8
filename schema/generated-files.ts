import { generate } from '@graphql-codegen/cli';
import codegenConfig from '../codegen.ts';
import { wireFiles } from './upstream/wire-files.ts';

/** Text of every generated file by its path from the top of the repository. Reads the sources, writes nothing. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  const files = new Map(await wireFiles());
  for (const { filename, content } of await generate({ ...codegenConfig, silent: true }, false)) {
    files.set(filename, content);
  }
  return files;
}
