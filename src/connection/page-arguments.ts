import { BadUserInputError } from '../errors/gateway-error.ts';

/** The largest `first` that a connection takes. */
const MAX_FIRST = 100;

/**
 * The number of items asked for. Null and absent mean the schema's default.
 *
 * @throws BadUserInputError unless it lies in 0 to 100
 */
export function pageSize(first: number | null | undefined, defaultFirst: number): number {
  const size = first ?? defaultFirst;
  if (!isPageSize(size)) throw new BadUserInputError(`"first" must be between 0 and ${MAX_FIRST}.`);
  return size;
}

/** Whether a connection takes this as `first`. */
export function isPageSize(size: unknown): size is number {
  return typeof size === 'number' && size >= 0 && size <= MAX_FIRST;
}
