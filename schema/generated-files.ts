import { generate } from '@graphql-codegen/cli';
import { z } from 'zod';
import codegenConfig from '../codegen.ts';
import { wireFiles } from './upstream/wire-files.ts';

/** Where the client preset writes the manifest of the operations, and where the server looks for it. */
const PRESET_MANIFEST = 'test/generated/persisted-documents.json';
const MANIFEST = 'schema/persisted-operations.json';

const outputs = z.array(z.object({ filename: z.string(), content: z.string() }));

/** Text of every generated file by its path from the top of the repository. Reads the sources, writes nothing. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  const files = new Map(await wireFiles());
  const generated: unknown = await generate({ ...codegenConfig, silent: true }, false);
  for (const { filename, content } of outputs.parse(generated)) {
    if (filename === PRESET_MANIFEST) files.set(MANIFEST, `${content.trimEnd()}\n`);
    else files.set(filename, content);
  }
  return files;
}
