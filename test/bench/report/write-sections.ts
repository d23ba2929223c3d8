import { readFile, writeFile } from 'node:fs/promises';
import type { Section } from '../commands/section.ts';

/**
 * Puts each section between its marks in a document.
 *
 * @throws Error where the document has no place for a section
 */
export async function writeSections(path: string, sections: readonly Section[]): Promise<void> {
  let text = await readFile(path, 'utf8');
  for (const { name, markdown } of sections) {
    const block = new RegExp(`(<!-- bench:${name} -->\\n)[^]*?(\\n<!-- /bench:${name} -->)`);
    if (!block.test(text)) throw new Error(`${path} has no place for ${name}`);
    text = text.replace(block, (_, start: string, end: string) => `${start}\n${markdown}\n${end}`);
  }
  await writeFile(path, text);
}
