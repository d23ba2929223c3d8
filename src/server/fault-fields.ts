/**
 * What may be logged of an unexpected error: its name and where it was thrown. Its message and its cause may hold data
 * of a customer.
 */
export function faultFields(error: unknown): { readonly error: string; readonly stack: string } {
  if (!(error instanceof Error)) return { error: typeof error, stack: '' };
  // A line of the message could look like a frame, so the message goes first.
  const frames = (error.stack ?? '')
    .replace(error.message, '')
    .split('\n')
    .filter((line) => line.startsWith('    at '));
  return { error: error.name, stack: frames.join('\n') };
}
