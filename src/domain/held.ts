/**
 * A field of a partly read object that is known to have been read.
 *
 * @throws TypeError when it has not: whoever handed out the object has a fault
 */
export function held<T>(value: T | undefined): T {
  if (value === undefined) throw new TypeError('a field was asked for that has not been read');
  return value;
}
