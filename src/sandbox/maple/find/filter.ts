import { decimalOf, isJsonObject } from '../../http/json.ts';
import { parseInstant } from '../request/input-reader.ts';

/** Whether a row passes. */
export type Matcher<Row> = (row: Row) => boolean;

/** Makes a matcher of the value that a caller gave a filter (never null), or says what the value must be. */
export type Filter<Row> = (value: unknown) => Matcher<Row> | string;

/** Passes rows whose text is exactly the given one. */
export function equals<Row>(of: (row: Row) => string | null): Filter<Row> {
  return (value) => (typeof value === 'string' ? (row) => of(row) === value : 'must be a string');
}

/** Passes rows with a text that contains the given one, whatever the case; how `search` works is not documented. */
export function contains<Row>(of: (row: Row) => readonly string[]): Filter<Row> {
  return (value) => {
    if (typeof value !== 'string') return 'must be a string';
    const wanted = value.toLowerCase();
    return (row) => of(row).some((text) => text.toLowerCase().includes(wanted));
  };
}

/** Passes rows for which the answer is the given one. */
export function isTrue<Row>(of: (row: Row) => boolean): Filter<Row> {
  return (value) => (typeof value === 'boolean' ? (row) => of(row) === value : 'must be a boolean');
}

/** Passes rows whose text is among the given ones; an empty list filters nothing. */
export function isAmong<Row>(of: (row: Row) => string): Filter<Row> {
  return (value) => {
    const wanted = textList(value);
    if (wanted === undefined) return 'must be a list of strings';
    return wanted.length === 0 ? () => true : (row) => wanted.includes(of(row));
  };
}

/** A list filter (maple.md section 1.3): AND wants every value, the inferred OR one of them. */
export function hasValues<Row>(of: (row: Row) => readonly string[]): Filter<Row> {
  return (value) => {
    const wanted = isJsonObject(value) ? textList(value['values']) : undefined;
    const condition = isJsonObject(value) ? value['condition'] : undefined;
    if (wanted === undefined || (condition !== 'AND' && condition !== 'OR')) {
      return 'must be { condition: AND or OR, values: string[] }';
    }
    if (wanted.length === 0) return () => true;
    return condition === 'AND'
      ? (row) => wanted.every((entry) => of(row).includes(entry))
      : (row) => wanted.some((entry) => of(row).includes(entry));
  };
}

/** A numeric range: eq, gt, gte, lte (maple.md section 1.3), compared with minor units. */
export function numberInRange<Row>(of: (row: Row) => bigint): Filter<Row> {
  return (value) =>
    rangeMatcher(
      value,
      ['eq', 'gt', 'gte', 'lte'],
      'numbers',
      decimalOf,
      (bound) => (row) => -bound.cmp(of(row).toString()),
    );
}

/** A date range: eq, gte, lt, lte (maple.md section 1.3). A row without a date is in no range. */
export function dateInRange<Row>(of: (row: Row) => Date | null): Filter<Row> {
  return (value) =>
    rangeMatcher(value, ['eq', 'gte', 'lt', 'lte'], 'RFC 3339 date-times', parseInstant, (bound) => (row) => {
      const date = of(row);
      return date === null ? Number.NaN : date.getTime() - bound.getTime();
    });
}

/** `compare` gives how a row's value differs from a bound: negative, zero or positive; NaN passes no bound. */
function rangeMatcher<Row, Bound>(
  value: unknown,
  operators: readonly string[],
  boundName: string,
  parse: (bound: unknown) => Bound | undefined,
  compare: (bound: Bound) => (row: Row) => number,
): Matcher<Row> | string {
  const expected = `must be an object of ${operators.join(', ')}, ${boundName}`;
  if (!isJsonObject(value)) return expected;
  const matchers: Matcher<Row>[] = [];
  for (const [operator, given] of Object.entries(value)) {
    if (!operators.includes(operator)) return expected;
    if (given === null) continue;
    const bound = parse(given);
    if (bound === undefined) return expected;
    const difference = compare(bound);
    matchers.push((row) => holds(operator, difference(row)));
  }
  return (row) => matchers.every((matches) => matches(row));
}

function holds(operator: string, difference: number): boolean {
  switch (operator) {
    case 'eq':
      return difference === 0;
    case 'gt':
      return difference > 0;
    case 'gte':
      return difference >= 0;
    case 'lt':
      return difference < 0;
    case 'lte':
      return difference <= 0;
    default:
      throw new RangeError(`No range operator ${operator}`);
  }
}

function textList(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string') ? value : undefined;
}
