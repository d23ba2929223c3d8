import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Section } from '../commands/section.ts';

const FORMATTER = join(import.meta.dirname, '../../../node_modules/.bin/oxfmt');

/**
 * Puts a section between its marks in a document, and formats the document as the repository wants it.
 *
 * @throws Error where the document has no place for the section
 */
export async function writeSection(path: string, { name, markdown }: Section): Promise<void> {
  const text = await readFile(path, 'utf8');
  const block = new RegExp(`(<!-- bench:${name} -->\\n)[^]*?(\\n<!-- /bench:${name} -->)`);
  if (!block.test(text)) throw new Error(`${path} has no place for ${name}`);
  await writeFile(
    path,
    text.replace(block, (_, start: string, end: string) => `${start}\n${markdown}\n${end}`),
  );
  spawnSync(FORMATTER, [path], { stdio: 'inherit' });
}
