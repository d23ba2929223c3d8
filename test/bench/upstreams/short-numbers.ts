/** A number with more digits after its point than any amount needs. */
const LONG_NUMBER = /(?<=[:[,])-?\d+\.\d{9,}(?=[,}\]])/g;

/**
 * JSON text whose long numbers are rounded to what a JS float holds with certainty. The gateway reads every digit, and the
 * others do not: they would give other data.
 */
export function shortNumbers(body: string): string {
  return body.replaceAll(LONG_NUMBER, (digits) => String(Number(Number(digits).toFixed(6))));
}
