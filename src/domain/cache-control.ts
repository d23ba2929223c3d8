/**
 * How long HTTP may use what a field or type gives again without asking. Neither is needed for a scalar or enum, which
 * goes with what it belongs to; anything else without one has to be asked for each time.
 *
 * - `maxAgeSeconds`: as in `Cache-Control: max-age` (RFC 9111, section 5.2.2.1).
 * - `inheritMaxAge`: as long as what it belongs to, for parts that mean nothing alone, such as amounts.
 */
export type CacheControl = { readonly maxAgeSeconds: number } | { readonly inheritMaxAge: true };

/** What stands under `extensions` of a field or type. */
type CacheControlExtensions = Readonly<Record<'cacheControl', CacheControl>>;

/** Declares it: to be given as `extensions` of a field or type, beside its description. */
export function cacheControl(control: CacheControl): CacheControlExtensions {
  return { cacheControl: control };
}

/**
 * What is on offer and what it costs: the same for all customers, seldom changed, and never by a write of the gateway.
 * Nothing that such a write can change has a max-age, so that its effect shows at once.
 */
export const CATALOGUE = cacheControl({ maxAgeSeconds: 300 });

/** A part of something else. */
export const AS_PARENT = cacheControl({ inheritMaxAge: true });

/** What a field or type declares; null where it declares nothing. */
export function cacheControlOf({
  cacheControl: control,
}: Readonly<Record<string, unknown>>): CacheControl | null {
  return isCacheControl(control) ? control : null;
}

function isCacheControl(value: unknown): value is CacheControl {
  if (typeof value !== 'object' || value === null) return false;
  return 'maxAgeSeconds' in value
    ? typeof value.maxAgeSeconds === 'number'
    : 'inheritMaxAge' in value && value.inheritMaxAge === true;
}
