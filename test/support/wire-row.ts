import { Big } from 'big.js';
import { LosslessNumber } from 'lossless-json';
import { pick, pickList, pickText, type Step } from './pick.ts';

/** A number of an upstream's answer in plain digits, without exponent and without zeros at the end; null where it is absent. */
export function digits(row: unknown, ...path: readonly Step[]): string | null {
  const value = optional(row, ...path);
  if (value === null) return null;
  if (!(value instanceof LosslessNumber) && typeof value !== 'string')
    throw new Error(`no number at ${path.join('.')}`);
  return new Big(value.toString()).toFixed();
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
  if (optional(row, ...path) === null) return null;
  const text = pickText(row, ...path);
  const fraction = /\.\d+/.exec(text)?.[0] ?? '';
  return `${new Date(text).toISOString().slice(0, 19)}${fraction}Z`;
}
