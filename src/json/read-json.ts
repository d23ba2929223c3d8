import { parse } from 'lossless-json';
import { nativeJson } from './native-json.ts';

/**
 * Reads a JSON text without loss: every number becomes a JsonNumber that keeps its source digits.
 *
 * @throws SyntaxError for a text that is not JSON, repeats a key with other content, or nests too deeply.
 */
export function readJson(text: string): unknown {
  try {
    return nativeJson(text) ?? parse(text);
  } catch (error) {
    // The exact parser recurses, so hostile nesting ends as a RangeError. What both parsers say quotes the text.
    if (error instanceof SyntaxError || error instanceof RangeError) throw new SyntaxError('not a JSON text');
    throw error;
  }
}
