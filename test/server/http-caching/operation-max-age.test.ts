import { Kind, parse, specifiedRules, validate, type DocumentNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createOperationMaxAge } from '../../../src/server/http-caching/operation-max-age.ts';
import { agedSchema } from './aged-schema.ts';

type Variables = Readonly<Record<string, unknown>>;

function maxAge(query: string, variableValues: Variables = {}): number {
  const document = parse(query);
  expect(validate(agedSchema, document, specifiedRules)).toEqual([]);
  return createOperationMaxAge()({ schema: agedSchema, document, variableValues });
}

describe('the max-age of an operation', () => {
  it.each([
    ['nothing, where nothing is declared', '{ now { text } }', 0],
    ['nothing for a scalar at the root', '{ text }', 0],
    ['nothing for a part at the root', '{ part { text } }', 0],
    ['nothing for type names alone', '{ __typename }', 0],
    ['nothing for the schema', '{ __schema { queryType { name } } }', 0],
    ['nothing for a type of the schema', '{ __type(name: "Now") { name } }', 0],
    ["the type's", '{ minute { name } }', 60],
    ["the type's, within a list", '{ hours { name } }', 3600],
    ["the field's before the type's", '{ hourForMinute { name } }', 60],
    ["the field's where the type has none", '{ agedNow { text } }', 40],
    ['that of a scalar at the root', '{ agedText }', 5],
    ['that of what a part belongs to', '{ minute { part { text } } agedPart { text } }', 30],
    ['the strictest of two fields', '{ hours { name } minute { name } }', 60],
    ['the strictest of all depths', '{ hours { name } minute { detail } }', 20],
    ['no longer for what lies below', '{ minute { hour { name } } }', 60],
    ['nothing, where one field has nothing', '{ hours { name } now { text } }', 0],
    ['nothing, where one field below has nothing', '{ minute { name now { text } } }', 0],
    ['nothing, where one scalar is declared so', '{ minute { name never } }', 0],
    ['unchanged by type names', '{ __typename minute { __typename } }', 60],
    ['unchanged by an alias', '{ now: minute { now: name } }', 60],
  ])('is %s', (_what, query, seconds) => {
    expect(maxAge(query)).toBe(seconds);
  });

  it.each([
    ['an inline fragment', '{ minute { ... { detail } } hours { name } }', 20],
    ['a fragment', 'query Q { minute { ...F } } fragment F on Minute { detail }', 20],
    [
      'a fragment in a fragment',
      '{ ...A } fragment A on Query { minute { ...B } } fragment B on Minute { never }',
      0,
    ],
    [
      'a fragment that stands in two places',
      '{ hours { ...F } minute { ...F } } fragment F on Named { name }',
      60,
    ],
    [
      'a part whose fragment stands below two parents',
      '{ minute { part { ...F } } agedPart { ...F } } fragment F on Part { text }',
      30,
    ],
  ])('counts what stands in %s', (_where, query, seconds) => {
    expect(maxAge(query)).toBe(seconds);
  });

  it.each([
    ['of an interface', '{ named { __typename } }', 60],
    ['of a union', '{ lasting { __typename } }', 60],
    ['of a union with one that has none', '{ mixed { ... on Hour { name } } }', 0],
    ["of an interface's field, as its types declare it", '{ named { detail } }', 10],
    ["of an interface's field, in a fragment on one type", '{ named { ... on Minute { detail } } }', 20],
    ['below a fragment on an interface', '{ minute { ... on Named { detail } } }', 10],
  ])('is the strictest of all types %s', (_what, query, seconds) => {
    expect(maxAge(query)).toBe(seconds);
  });

  it.each([
    ['{ minute { name } now @skip(if: true) { text } }', 60],
    ['{ minute { name } now @include(if: false) { text } }', 60],
    ['{ minute { name } now @skip(if: false) { text } }', 0],
    ['{ minute { name } now @include(if: true) { text } }', 0],
    ['{ minute { name ... @skip(if: true) { never } } }', 60],
    ['{ minute { name } ...F @include(if: false) } fragment F on Query { now { text } }', 60],
    ['{ minute { name } now @skip(if: false) @include(if: false) { text } }', 60],
  ])('leaves out what a directive always leaves out: %s', (query, seconds) => {
    expect(maxAge(query)).toBe(seconds);
  });

  const fields = 'minute { name detail @include(if: $detail) } now @skip(if: $brief) { text }';
  it.each([
    [{ detail: false, brief: true }, 60],
    [{ detail: true, brief: true }, 20],
    [{ detail: false, brief: false }, 0],
    [{ brief: true }, 20],
    [{ detail: false }, 60],
    [{}, 20],
  ])('leaves out what variables leave out, by default too: %j', (variables, seconds) => {
    const query = `query Q($detail: Boolean = true, $brief: Boolean = true) { ${fields} }`;
    expect(maxAge(query, variables)).toBe(seconds);
  });

  it('counts what a variable of no usable value decides', () => {
    const query = `query Q($detail: Boolean!, $brief: Boolean!) { ${fields} }`;
    expect(maxAge(query, { detail: false, brief: 'yes' })).toBe(0);
  });

  it('is that of the operation that is asked for', () => {
    const document = parse('query Long { hours { name } } query Short { minute { name } }');
    const ageOf = createOperationMaxAge();
    const seconds = ['Long', 'Short', 'Long', 'None', undefined].map((operationName) =>
      ageOf({ schema: agedSchema, document, operationName }),
    );
    expect(seconds).toEqual([3600, 60, 3600, 0, 0]);
  });

  it('is looked for once, whatever the variables, where none of them makes a difference', () => {
    const { document, looks } = watched(
      'query Q($n: Boolean!) { minute { name } now { text @skip(if: $n) } }',
    );
    const ageOf = createOperationMaxAge();
    for (const n of [true, false, true]) {
      expect(ageOf({ schema: agedSchema, document, variableValues: { n } })).toBe(0);
    }
    expect(looks()).toBe(1);
  });

  it('is looked for again for each request where a variable may make it stricter', () => {
    const { document, looks } = watched(
      'query Q($n: Boolean!) { minute { name } now @skip(if: $n) { text } }',
    );
    const ageOf = createOperationMaxAge();
    const seconds = [true, false, true].map((n) =>
      ageOf({ schema: agedSchema, document, variableValues: { n } }),
    );
    expect(seconds).toEqual([60, 0, 60]);
    expect(looks()).toBe(4);
  });

  it('is found at once in fragments that spread each other twice at every level', () => {
    const levels = 60;
    const fragments = Array.from({ length: levels }, (_, level) => {
      const next = level + 1 < levels ? `...F${level + 1}` : 'name';
      return `fragment F${level} on Minute { a: self { ${next} } b: self { ${next} } }`;
    });
    const document = parse(`{ minute { ...F0 } } ${fragments.join(' ')}`);
    expect(createOperationMaxAge()({ schema: agedSchema, document })).toBe(60);
  });
});

/** A document that counts how often the selections of its operation are looked at. */
function watched(query: string): { readonly document: DocumentNode; readonly looks: () => number } {
  let looks = 0;
  const document = parse(query);
  const definitions = document.definitions.map((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return definition;
    const { selectionSet } = definition;
    return {
      ...definition,
      get selectionSet() {
        looks += 1;
        return selectionSet;
      },
    };
  });
  return { document: { ...document, definitions }, looks: () => looks };
}
