import { describe, expect, it } from 'vitest';
import { entityTag, isNamedBy } from '../../../src/server/http-caching/entity-tag.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

describe('an entity tag', () => {
  const tag = entityTag(JSON_TYPE, '{"data":{}}');

  it('is strong and the same for the same bytes', () => {
    expect(tag).toMatch(/^"[\w-]{43}"$/);
    expect(entityTag(JSON_TYPE, '{"data":{}}')).toBe(tag);
  });

  it('is another for other bytes, and for another media type', () => {
    const others = [
      entityTag(JSON_TYPE, '{"data":{} }'),
      entityTag('application/graphql-response+json; charset=utf-8', '{"data":{}}'),
    ];
    expect(new Set([tag, ...others]).size).toBe(3);
  });

  it.each([
    ['alone', tag],
    ['in its weak form', `W/${tag}`],
    ['among others', `"a", ${tag},"b"`],
    ['among others without spaces', `W/"a",W/${tag}`],
    ['after one that holds a comma', `"a, b", ${tag}`],
    ['with white space around it', `  ${tag}\t`],
    ['by the star', '*'],
    ['by the star, with white space', ' * '],
  ])('is named %s', (_how, header) => {
    expect(isNamedBy(header, tag)).toBe(true);
  });

  it.each([
    ['no header', null],
    ['an empty one', ''],
    ['another tag', '"another"'],
    ['its text without quotes', tag.slice(1, -1)],
    ['one that begins like it', `${tag.slice(0, -1)}x"`],
    ['one that contains it', `"x${tag.slice(1)}`],
    ['a star in a list', '"a", *'],
    ['a star in quotes', '"*"'],
  ])('is not named by %s', (_what, header) => {
    expect(isNamedBy(header, tag)).toBe(false);
  });
});
