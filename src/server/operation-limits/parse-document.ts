import { parse, type DocumentNode } from 'graphql';
import { tooComplex } from './refusal.ts';

/** Names are short: a document of so many characters for each token that it may have is none that anybody wrote. */
const CHARACTERS_A_TOKEN = 40;

/** The parser's own words for what it was told to stop at. */
const TOO_MANY_TOKENS = /more than \d+ tokens/;

/**
 * Parses a document, and stops as soon as it is too long.
 *
 * @throws GraphQLError OPERATION_TOO_COMPLEX for too many tokens or characters, or values that nest without end; one
 *   without a code for a document that is none
 */
export function parseDocument(text: string, maxTokens: number): DocumentNode {
  const maxCharacters = CHARACTERS_A_TOKEN * maxTokens;
  if (text.length > maxCharacters) {
    throw tooComplex(`The document has ${text.length} characters; at most ${maxCharacters} are allowed.`);
  }
  try {
    return parse(text, { maxLexicalTokens: maxTokens });
  } catch (error) {
    if (error instanceof RangeError) throw tooComplex('The document nests too deeply to be read.');
    if (error instanceof Error && TOO_MANY_TOKENS.test(error.message)) {
      throw tooComplex(`The document has more than ${maxTokens} tokens.`);
    }
    throw error;
  }
}
