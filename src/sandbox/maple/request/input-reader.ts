import type Big from 'big.js';
import { decimalOf, isJsonObject } from '../../http/json.ts';
import { invalid, type ValidationProblem } from '../maple-error.ts';
import type { WireObject } from '../wire/wire-object.ts';

/**
 * Reads the members of a request object and collects every fault. A member that is absent or null reads as
 * undefined; `isGiven` tells null from absent.
 */
export interface InputReader {
  isGiven(member: string): boolean;
  text(member: string): string | undefined;
  requiredText(member: string): string;
  flag(member: string): boolean | undefined;
  decimal(member: string): Big | undefined;
  /** A whole number from 0. */
  count(member: string): number | undefined;
  instant(member: string): Date | undefined;
  texts(member: string): readonly string[] | undefined;
  object(member: string): WireObject | undefined;
  /** A reader of each element of a list of objects; undefined when the member is absent. */
  objects(member: string, knownMembers: readonly string[]): readonly InputReader[] | undefined;
  /** A reader of an object inside this one. */
  nested(member: string, knownMembers: readonly string[]): InputReader | undefined;
  /** Notes a fault that only the caller can see. */
  report(member: string, message: string): void;
  /** Throws a validation_error (400) that names every fault so far, here and in nested objects. */
  finish(): void;
}

/**
 * A reader of `body`. Throws at once when that is not an object. Members other than the known ones are faults: the
 * real API may pass over them, but a test should notice a misspelt one.
 */
export function createInputReader(body: unknown, knownMembers: readonly string[]): InputReader {
  return readerOf(body, '', knownMembers, []);
}

/** An RFC 3339 date-time; undefined for anything else. Digits below the millisecond are dropped. */
export function parseInstant(value: unknown): Date | undefined {
  if (typeof value !== 'string' || !RFC_3339.test(value)) return undefined;
  const instant = new Date(value);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function readerOf(
  body: unknown,
  path: string,
  knownMembers: readonly string[],
  problems: ValidationProblem[],
): InputReader {
  if (!isJsonObject(body)) {
    problems.push({ field: path, message: 'must be an object' });
    throw invalid(problems);
  }
  const fieldOf = (member: string): string => (path === '' ? member : `${path}.${member}`);
  const report = (member: string, message: string): void => {
    problems.push({ field: fieldOf(member), message });
  };
  for (const member of Object.keys(body)) {
    if (!knownMembers.includes(member)) report(member, 'is not known');
  }
  const read = <T>(
    member: string,
    expected: string,
    convert: (value: unknown) => T | undefined,
  ): T | undefined => {
    const value = body[member];
    if (value === undefined || value === null) return undefined;
    const converted = convert(value);
    if (converted === undefined) report(member, `must be ${expected}`);
    return converted;
  };
  const text = (member: string) =>
    read(member, 'a string', (value) => (typeof value === 'string' ? value : undefined));
  return {
    isGiven: (member) => body[member] !== undefined,
    text,
    requiredText(member) {
      const value = text(member);
      if (body[member] === undefined || body[member] === null || value === '') report(member, 'is required');
      return value ?? '';
    },
    flag: (member) => read(member, 'a boolean', (value) => (typeof value === 'boolean' ? value : undefined)),
    decimal: (member) => read(member, 'a number', decimalOf),
    count: (member) =>
      read(member, 'a whole number from 0', (value) =>
        typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined,
      ),
    instant: (member) => read(member, 'an RFC 3339 date-time', parseInstant),
    texts: (member) =>
      read(member, 'a list of strings', (value) =>
        Array.isArray(value) && value.every((entry) => typeof entry === 'string') ? value : undefined,
      ),
    object: (member) => read(member, 'an object', (value) => (isJsonObject(value) ? value : undefined)),
    objects: (member, members) =>
      read(member, 'a list', (value) => (Array.isArray(value) ? value : undefined))?.map(
        (entry: unknown, place) => readerOf(entry, `${fieldOf(member)}[${place}]`, members, problems),
      ),
    nested: (member, members) => {
      const value = body[member];
      return value === undefined || value === null
        ? undefined
        : readerOf(value, fieldOf(member), members, problems);
    },
    report,
    finish() {
      if (problems.length > 0) throw invalid(problems);
    },
  };
}
