import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { shapeFault } from '../../../src/server/operation-limits/document-shape.ts';

/** The message that a document is refused with; null where it is not. */
function fault(text: string, maxAliases = 3): string | null {
  return shapeFault(parse(text), { maxAliases })?.message ?? null;
}

function many(count: number, text: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => text(index)).join(' ');
}

describe('shapeFault', () => {
  it('takes as many aliases as there may be, in fragments too', () => {
    expect(fault('{ a: x b: x ...f } fragment f on Query { c: x }')).toBeNull();
  });

  it('refuses one alias more, wherever it stands', () => {
    expect(fault('{ a: x b: x ...f } fragment f on Query { c: x d: y }')).toBe(
      'The document has 4 aliases; at most 3 are allowed.',
    );
  });

  it('refuses more than a hundred directives, known or not', () => {
    expect(fault(`{ x ${many(100, () => '@a')} }`)).toBeNull();
    expect(fault(`{ x ${many(101, () => '@a')} }`)).toBe(
      'The document has 101 directives; at most 100 are allowed.',
    );
  });

  it.each([
    ['lists', '[', ']'],
    ['objects', '{ b: ', ' }'],
  ])('refuses %s in %s that nest more than fifty levels deep', (_what, open, close) => {
    const nested = (depth: number) => `{ x(a: ${open.repeat(depth)}1${close.repeat(depth)}) }`;
    expect(fault(nested(50))).toBeNull();
    expect(fault(nested(51))).toBe('Values nest 51 levels deep; at most 50 are allowed.');
  });

  it('takes what many components of a page select alike', () => {
    const fragments = many(30, (index) => `fragment f${index} on Customer { id name ...g }`);
    const spreads = many(30, (index) => `...f${index}`);
    expect(
      fault(`{ customers { nodes { ${spreads} } } } ${fragments} fragment g on Customer { id email }`),
    ).toBeNull();
  });

  it.each([
    ['one field is repeated in one place', `{ ${many(250, () => 'x')} }`],
    ['one field is repeated over inline fragments', `{ ${many(250, () => '... { x }')} }`],
    ['one field is repeated below repeated fields', `{ ${many(20, () => `a { ${many(20, () => 'x')} }`)} }`],
    [
      'one field is repeated over fragments',
      `{ ${many(250, (index) => `...f${index}`)} } ${many(250, (index) => `fragment f${index} on Query { x }`)}`,
    ],
    ['fragments are spread in one place', `{ ${many(250, () => '...f')} } fragment f on Query { x }`],
  ])('refuses a document where too often %s', (_what, text) => {
    expect(fault(text)).toBe(
      'The document selects the same fields, or spreads fragments, in one place too often.',
    );
  });

  it('refuses fragments that multiply each other', () => {
    const fragments = many(
      12,
      (at) => `fragment f${at} on A { a { ...f${at + 1} } b { ...f${at + 1} } c { ...f${at + 1} } }`,
    );
    expect(fault(`{ ...f0 } ${fragments} fragment f12 on A { x }`)).toBe(
      'The document selects fields at more than 20000 places.',
    );
  });

  it.each([
    ['itself', 'fragment f on A { a ...f }'],
    ['itself below a field', 'fragment f on A { a { ...f } }'],
    ['another that spreads it', 'fragment f on A { a { ...g } } fragment g on A { b { ...f } }'],
  ])('comes to an end where a fragment spreads %s, which validation refuses', (_what, fragments) => {
    expect(fault(`{ ...f } ${fragments}`)).toBeNull();
  });

  it('looks at fragments that nothing spreads as well', () => {
    expect(fault(`{ x } fragment f on A { ${many(250, () => 'x')} }`)).not.toBeNull();
  });
});
