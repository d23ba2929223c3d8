/** A compiled check of one kind of answer, as generated in `wire-validators.gen.js`. */
export interface BodyValidator<T> {
  (body: unknown): body is T;
  /** What the last call found wrong. */
  readonly errors?: readonly BodyFault[] | null;
  /** Member names of the upstream's reference. Other names in a body are data: identifiers, a customer's own keys. */
  readonly fieldNames: ReadonlySet<string>;
}

/** One fault as ajv reports it: a JSON Pointer, and the member that is missing there. */
interface BodyFault {
  readonly instancePath: string;
  readonly params: { readonly missingProperty?: string };
}

/** A body that is not shaped as the upstream's reference says. Its message holds nothing from the body. */
export class BodyMismatch extends Error {
  override readonly name = 'BodyMismatch';
  /** Where, like `data[3].credit_type.name`; `*` stands for a key that the reference does not name. */
  readonly field: string;

  constructor(field: string) {
    super(`unexpected or missing value at ${field === '' ? 'the top of the body' : field}`);
    this.field = field;
  }
}

/**
 * Gives a body that was read by readExactJson as the type that the validator stands for.
 *
 * @throws BodyMismatch with the deepest place that does not fit.
 */
export function checkBody<T>(validator: BodyValidator<T>, body: unknown): T {
  if (validator(body)) return body;
  let deepest: string[] = [];
  // A member that may be null reports the place inside and, above it, that it is not null either.
  for (const { instancePath, params } of validator.errors ?? []) {
    const segments = instancePath.split('/').slice(1).map(unescapePointer);
    if (params.missingProperty !== undefined) segments.push(params.missingProperty);
    if (segments.length > deepest.length) deepest = segments;
  }
  throw new BodyMismatch(fieldPath(body, deepest, validator.fieldNames));
}

function fieldPath(body: unknown, segments: readonly string[], fieldNames: ReadonlySet<string>): string {
  let path = '';
  let value = body;
  for (const segment of segments) {
    if (Array.isArray(value)) path += `[${segment}]`;
    else path += `${path === '' ? '' : '.'}${fieldNames.has(segment) ? segment : '*'}`;
    value = typeof value === 'object' && value !== null ? Reflect.get(value, segment) : undefined;
  }
  return path;
}

/** RFC 6901 section 4. */
function unescapePointer(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~');
}
