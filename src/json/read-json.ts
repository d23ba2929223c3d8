import { parse } from 'lossless-json';

/**
 * Reads a JSON text without loss: every number becomes a JsonNumber that keeps its source digits.
 *
 * @throws SyntaxError for a text that is not JSON, repeats a key with other content, or nests too deeply.
 */
export function readJson(text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    // The parser recurses, so hostile nesting ends as a RangeError.
    if (error instanceof SyntaxError || error instanceof RangeError) {
      throw new SyntaxError('not a JSON text', { cause: error });
    }
    throw error;
  }
}
