import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { staleFiles } from '../../schema/checks/stale-files.ts';
import { printedSchema } from '../../schema/print-schema.ts';

const path = 'schema/schema.graphql';

function sdl(field: string): string {
  return printedSchema(buildSchema(`type Query { ${field} }`));
}

describe('staleFiles', () => {
  it('finds nothing when every file is as generated', () => {
    expect(staleFiles(new Map([[path, sdl('a: Int')]]), new Map([[path, sdl('a: Int')]]))).toEqual([]);
  });

  it('notices a schema.graphql that a changed schema has left behind', () => {
    const lines = staleFiles(new Map([[path, sdl('b: Int')]]), new Map([[path, sdl('a: Int')]]));
    expect(lines).toEqual([`${path}: stale from line 2 on`]);
  });

  it('notices text that follows the generated text', () => {
    const lines = staleFiles(new Map([[path, 'a']]), new Map([[path, 'a\nb']]));
    expect(lines).toEqual([`${path}: stale from line 2 on`]);
  });

  it('notices a file that is missing and one that nothing generates', () => {
    expect(staleFiles(new Map([['a.gen.ts', 'a']]), new Map([['b.gen.ts', 'b']]))).toEqual([
      'a.gen.ts: missing',
      'b.gen.ts: no longer generated',
    ]);
  });
});

describe('printedSchema', () => {
  it('keeps default values and puts names in order', () => {
    expect(sdl('z(first: Int = 20): Int a: Int')).toBe(
      'type Query {\n  a: Int\n  z(first: Int = 20): Int\n}\n',
    );
  });
});
