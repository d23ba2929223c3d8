import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { documents } from './documents.ts';
import { markdownBlocks } from './markdown-blocks.ts';

/** Blocks whose fence names the file that they are taken from: `ts test/clients/typed-document.ts`. */
const shown = documents().flatMap((path) =>
  markdownBlocks(readFileSync(path, 'utf8')).flatMap(({ info, text, line }) => {
    const [, file] = /^\w+ (\S+\/\S+)$/.exec(info) ?? [];
    return file === undefined ? [] : [{ path, line, file, text }];
  }),
);

describe('the code that the documents show', () => {
  it.each(shown)('is that of $file: $path line $line', ({ file, text }) => {
    expect(readFileSync(file, 'utf8')).toContain(text);
  });

  it.each(['apollo', 'urql', 'relay', 'graphql-request'])('is there for %s', (client) => {
    expect(shown.map(({ file }) => file)).toContainEqual(expect.stringContaining(`test/clients/${client}/`));
  });
});
