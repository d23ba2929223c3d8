import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { documents } from './documents.ts';
import { markdownAnchors, markdownLinks } from './markdown-blocks.ts';

const manifest = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')));
const texts = documents().map((path) => ({ path, text: readFileSync(path, 'utf8') }));
const readme = readFileSync('README.md', 'utf8');

describe('what the documents refer to', () => {
  it.each(texts)('is there: links and images of $path', ({ path, text }) => {
    const dangling = markdownLinks(text).filter((link) => !/^https?:/.test(link) && !leads(path, link));
    expect(dangling).toEqual([]);
  });

  it.each(texts)('is there: source paths named in $path', ({ text }) => {
    const named = [...text.matchAll(/`((?:src|test|schema|docs)\/[\w./-]*[\w/])`/g)].map(
      ([, file = '']) => file,
    );
    expect(named.filter((file) => !existsSync(file))).toEqual([]);
  });

  it.each(texts)('is there: npm scripts named in $path', ({ text }) => {
    const named = [...text.matchAll(/npm (?:run ([\w:-]+)|(start|test)\b)/g)].map(
      ([, run, own]) => run ?? own ?? '',
    );
    expect(named.filter((script) => manifest.scripts[script] === undefined)).toEqual([]);
  });

  it('holds the two commands of a fresh clone to the letter', () => {
    expect(readme).toContain('\nnpm ci && npm start\n');
    expect(readme).toContain('\nnpm ci && npm test\n');
  });

  it('is each variable of the configuration, and no other, in the table of the README', () => {
    const sources = globSync('src/config*.ts').map((path) => readFileSync(path, 'utf8'));
    const members = sources.flatMap((source) => [
      ...source.matchAll(/ = (?:z\.object\()?\{\n([^]*?)\n\}\)?;/g),
    ]);
    const read = members.flatMap(([, text = '']) =>
      [...text.matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name = '']) => name),
    );
    const [, table = ''] = /^## Configuration\n([^]*?)\n## /m.exec(readme) ?? [];
    const cells = [...table.matchAll(/^\|([^|]+)\|/gm)].map(([, cell = '']) => cell);
    const rows = cells.flatMap((cell) => [...cell.matchAll(/`([A-Z_]+)`/g)]).map(([, name = '']) => name);
    expect(read.length).toBeGreaterThan(0);
    expect(sorted(rows)).toEqual(sorted(read));
  });

  it('is each script of package.json that people run, which npm itself does not, in the table of the README', () => {
    const [, table = ''] = /^## Commands\n([^]*?)\n## /m.exec(readme) ?? [];
    const shown = [...table.matchAll(/^\| `npm (?:run )?([\w:-]+)`/gm)].map(([, name = '']) => name);
    const own = Object.keys(manifest.scripts).filter((name) => !name.includes(':') && name !== 'prepare');
    expect(sorted(shown)).toEqual(sorted(own));
  });
});

function sorted(names: readonly string[]): string[] {
  return names.toSorted((a, b) => a.localeCompare(b));
}

/** Whether a relative link leads to a file that is there, and to a heading of it where it names one. */
function leads(from: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? from : join(dirname(from), path);
  if (!existsSync(target)) return false;
  return anchor === undefined || markdownAnchors(readFileSync(target, 'utf8')).includes(anchor);
}
