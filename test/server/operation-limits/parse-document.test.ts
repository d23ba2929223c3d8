import { GraphQLError, Kind } from 'graphql';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../../src/server/operation-limits/parse-document.ts';

/** What a text is refused with. */
function refusal(text: string, maxTokens: number): GraphQLError {
  try {
    parseDocument(text, maxTokens);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('parseDocument', () => {
  it('takes a document with as many tokens as it may have', () => {
    expect(parseDocument('{ a b }', 4).kind).toBe(Kind.DOCUMENT);
  });

  it('refuses one token more, naming the limit', () => {
    expect(refusal('{ a b c }', 4)).toMatchObject({
      message: 'The document has more than 4 tokens.',
      extensions: { code: 'OPERATION_TOO_COMPLEX', http: { status: 400, spec: true } },
    });
  });

  it('counts no comments and no commas as tokens', () => {
    expect(parseDocument(`{ a,,,, b # ${'x'.repeat(50)}\n }`, 4).kind).toBe(Kind.DOCUMENT);
  });

  it('refuses a text that is long for its tokens, before it looks at it', () => {
    const error = refusal(`{ a } #${'x'.repeat(154)}`, 4);
    expect(error.message).toBe('The document has 161 characters; at most 160 are allowed.');
    expect(error.extensions['code']).toBe('OPERATION_TOO_COMPLEX');
  });

  it('refuses values that nest until the parser gives up', () => {
    const nested = `{ a(b: ${'['.repeat(40_000)}${']'.repeat(40_000)}) }`;
    const error = refusal(nested, 100_000);
    expect(error.message).toBe('The document nests too deeply to be read.');
    expect(error.extensions['code']).toBe('OPERATION_TOO_COMPLEX');
  });

  it('leaves other faults of a text as they are', () => {
    const error = refusal('{ a', 100);
    expect(error.message).toMatch(/^Syntax Error/);
    expect(error.extensions).toEqual({});
  });
});
