import { parse } from 'lossless-json';
import { MAX_JSON_DEPTH, nestsTooDeeply } from './json-depth.ts';
import { nativeJson, type PlainNumbers } from './native-json.ts';

/**
 * Reads a JSON text without loss: every number becomes a JsonNumber that keeps its source digits.
 *
 * @throws SyntaxError for a text that is not JSON, repeats a key with other content, or nests too deeply.
 */
export function readJson(text: string): unknown {
  return read(text, 'none');
}

/**
 * The same with plain numbers wherever that loses nothing, as nearly everywhere: every number becomes an ExactNumber.
 *
 * @throws SyntaxError for a text that is not JSON, repeats a key with other content, or nests too deeply.
 */
export function readExactJson(text: string): unknown {
  return read(text, 'exact');
}

function read(text: string, plain: PlainNumbers): unknown {
  try {
    return nativeJson(text, plain) ?? parseShallow(text);
  } catch (error) {
    // What both parsers say quotes the text.
    if (error instanceof SyntaxError) throw new SyntaxError('not a JSON text');
    throw error;
  }
}

/** The exact parser recurses: how deep it can go hangs on what else is on the stack, so it must not come to that. */
function parseShallow(text: string): unknown {
  if (nestsTooDeeply(JSON.parse(text))) throw new SyntaxError(`deeper than ${MAX_JSON_DEPTH}`);
  return parse(text);
}
