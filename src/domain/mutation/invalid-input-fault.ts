import type { InvalidInput } from './mutation-error.ts';

/** A fault of an input. Thrown by the checks of this folder alone, and caught by `firstFault` alone. */
export class InvalidInputFault extends Error {
  override readonly name = 'InvalidInputFault';
  /** Path of the member at fault. */
  readonly field: string;

  /** @param complaint what follows the path in a sentence: `must not be blank` */
  constructor(field: string, complaint: string) {
    super(`${field} ${complaint}.`);
    this.field = field;
  }
}

/** What the check gives, or the first fault that it throws. */
export function firstFault<Checked>(check: () => Checked): Checked | InvalidInput {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof InvalidInputFault)) throw error;
    return { type: 'InvalidInputError', code: 'BAD_USER_INPUT', message: error.message, field: error.field };
  }
}
