import { LosslessNumber } from 'lossless-json';
import { MAX_JSON_DEPTH } from './json-depth.ts';

/** Which numbers may stay as JSON.parse gives them: none, or those that JavaScript writes with the digits of the text. */
export type PlainNumbers = 'none' | 'exact';

/**
 * Reads a JSON text with the engine's own parser, which is several times as fast as others but rounds numbers and
 * keeps the last of several members of one name; undefined where it cannot be ruled out that something was lost so.
 *
 * Every member of a text has a quote with a colon behind. Where the tree has as many members as the text has such
 * places, no member was lost and no place is in a string, so the numbers behind the places are those of the tree's
 * members, in the same order. In any other case strings may hold what looks like a member: that costs the fast way,
 * never the exactness.
 *
 * @returns a tree whose numbers are JsonNumbers, but for those that may stay plain
 * @throws SyntaxError for a text that is not JSON
 */
export function nativeJson(text: string, plain: PlainNumbers): unknown {
  const value: unknown = JSON.parse(text);
  if (typeof value === 'number') return undefined;
  if (!isTree(value)) return value;
  const { count, numbers } = membersIn(text, plain);
  const mayBeEscaped = text.includes('\\');
  // Nothing is to be put elsewhere, so that neither names nor order matter.
  if (numbers.length === 0 && !mayBeEscaped) return countMembers(value, 0) === count ? value : undefined;
  const found = new MembersFound(mayBeEscaped);
  if (!found.addAllOf(value, 0) || found.count !== count) return undefined;
  for (const { at, source } of numbers) found.replaceNumber(at, new LosslessNumber(source));
  return value;
}

/** Of a tree and all below; NaN where that is not to be found out: the tree is too deep, or has numbers in lists. */
function countMembers(tree: Tree, depth: number): number {
  if (depth === MAX_JSON_DEPTH) return Number.NaN;
  if (Array.isArray(tree)) return countInItems(tree, depth);
  let count = 0;
  for (const name in tree) {
    count += 1;
    const member = tree[name];
    if (isTree(member)) count += countMembers(member, depth + 1);
  }
  return count;
}

function countInItems(items: readonly unknown[], depth: number): number {
  let count = 0;
  for (const item of items) {
    if (isTree(item)) count += countMembers(item, depth + 1);
    else if (typeof item === 'number') return Number.NaN;
  }
  return count;
}

/** An object or a list as JSON.parse has made it. */
type Tree = Record<string, unknown>;

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null;
}

/** The members of a tree in the order of its text. */
class MembersFound {
  count = 0;
  /** Where the numbers are among them. */
  readonly #parents: Tree[] = [];
  readonly #names: string[] = [];
  readonly #mayBeEscaped: boolean;

  /** @param mayBeEscaped whether the text has escapes at all */
  constructor(mayBeEscaped: boolean) {
    this.#mayBeEscaped = mayBeEscaped;
  }

  /** False where not all can be found: the tree is too deep, or something in it has no place in the order. */
  addAllOf(tree: Tree, depth: number): boolean {
    if (depth === MAX_JSON_DEPTH) return false;
    return Array.isArray(tree) ? this.#addItems(tree, depth) : this.#addMembers(tree, depth);
  }

  #addItems(items: readonly unknown[], depth: number): boolean {
    for (const item of items) {
      // No colon leads to it.
      if (typeof item === 'number') return false;
      if (isTree(item) && !this.addAllOf(item, depth + 1)) return false;
    }
    return true;
  }

  #addMembers(tree: Tree, depth: number): boolean {
    for (const name in tree) {
      // JavaScript puts such names first, wherever the text has them.
      if (isIndex(name)) return false;
      // V8 may give an escaped name the backslash of one that it has met before (nodejs/node issue 63785).
      if (this.#mayBeEscaped && name.includes('\\')) return false;
      this.count += 1;
      const member = tree[name];
      if (typeof member === 'number') {
        this.#parents.push(tree);
        this.#names.push(name);
      } else if (isTree(member) && !this.addAllOf(member, depth + 1)) return false;
    }
    return true;
  }

  replaceNumber(at: number, number: LosslessNumber): void {
    const parent = this.#parents[at];
    const name = this.#names[at];
    // The name is the tree's own, so that __proto__ is a member like any other.
    if (parent !== undefined && name !== undefined) parent[name] = number;
  }
}

function isIndex(name: string): boolean {
  return isDigit(name.charCodeAt(0)) && /^\d+$/.test(name);
}

/** A number of a text that must not stay plain. */
interface SourceNumber {
  /** Its place among the numbers that are members. */
  readonly at: number;
  readonly source: string;
}

/** How many quotes with a colon behind a text has, and the numbers behind them that must not stay plain. */
function membersIn(text: string, plain: PlainNumbers): { count: number; numbers: readonly SourceNumber[] } {
  const numbers: SourceNumber[] = [];
  let count = 0;
  let at = 0;
  for (let colon = text.indexOf(':'); colon !== -1; colon = text.indexOf(':', colon + 1)) {
    let before = colon - 1;
    while (isSpace(text.charCodeAt(before))) before -= 1;
    if (text.charCodeAt(before) !== QUOTE) continue;
    count += 1;
    let start = colon + 1;
    while (isSpace(text.charCodeAt(start))) start += 1;
    if (!startsNumber(text.charCodeAt(start))) continue;
    const end = endOfPlain(text, start);
    if (plain === 'none' || isNumberPart(text.charCodeAt(end))) {
      const source = numberAt(text, start);
      if (plain === 'none' || String(Number(source)) !== source) numbers.push({ at, source });
    }
    at += 1;
  }
  return { count, numbers };
}

/** A float holds every decimal of so many digits (IEEE 754 binary64). */
const SAFE_DIGITS = 15;

/**
 * Where a number ends that is sure to be written alike by JavaScript: not negative, at least 1 unless it is whole, no longer
 * than a float holds, without zeros at its end. Any other number goes on there.
 */
function endOfPlain(text: string, start: number): number {
  let end = start;
  while (isDigit(text.charCodeAt(end))) end += 1;
  if (text.charCodeAt(end) === POINT && text.charCodeAt(start) !== ZERO) {
    end += 1;
    while (isDigit(text.charCodeAt(end))) end += 1;
    if (text.charCodeAt(end - 1) === ZERO) return start;
  }
  return end - start > SAFE_DIGITS ? start : end;
}

function numberAt(text: string, start: number): string {
  let end = start + 1;
  while (isNumberPart(text.charCodeAt(end))) end += 1;
  return text.slice(start, end);
}

const QUOTE = 0x22;
const PLUS = 0x2b;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function startsNumber(code: number): boolean {
  return isDigit(code) || code === MINUS;
}

function isNumberPart(code: number): boolean {
  return isDigit(code) || code === POINT || code === MINUS || code === PLUS || code === 0x65 || code === 0x45;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
