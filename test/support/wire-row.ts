import { Big } from 'big.js';
import { pick, pickList, type Step } from './pick.ts';

/** A number of an upstream's answer in plain digits, without exponent and without zeros at the end; null where it is absent. */
export function digits(row: unknown, ...path: readonly Step[]): string | null {
  const value = optional(row, ...path);
  return value === null ? null : new Big(String(value)).toFixed();
}

/** What stands at a place of a row; null where it is absent, as the gateway shows it. */
export function optional(row: unknown, ...path: readonly Step[]): unknown {
  try {
    return pick(row, ...path);
  } catch {
    return null;
  }
}

/** The list at a place of a row; empty where it is absent. */
export function optionalList(row: unknown, ...path: readonly Step[]): readonly unknown[] {
  return optional(row, ...path) === null ? [] : pickList(row, ...path);
}

/** A timestamp in UTC with the fraction that it came with; null where it is absent. */
export function utc(row: unknown, ...path: readonly Step[]): string | null {
  const value = optional(row, ...path);
  if (value === null) return null;
  const fraction = /\.\d+/.exec(String(value))?.[0] ?? '';
  return `${new Date(String(value)).toISOString().slice(0, 19)}${fraction}Z`;
}
