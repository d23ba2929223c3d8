/** Says whether a value is an answer of one kind. */
export type Check<T> = (value: unknown) => value is T;

/** A value with the check that it has passed, so that it need not be checked again. Never changed by anybody. */
export interface Checked {
  readonly value: unknown;
  readonly check: unknown;
}

/** Whether the value has passed this very check. */
export function hasPassed<T>(
  checked: Checked,
  check: Check<T>,
): checked is { readonly value: T; readonly check: Check<T> } {
  return checked.check === check;
}
