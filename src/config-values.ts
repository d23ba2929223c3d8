import { z } from 'zod';
import { isRedisUrl } from './record-store/redis-url.ts';

/** Text that is not empty. */
export const text = z.string().trim().min(1);
/** The root of an HTTP API: without credentials, query and fragment. */
export const url = z
  .url({ protocol: /^https?$/, abort: true })
  .refine(isRoot, 'must have no credentials, query or fragment');
/** Address of a Redis, with its credentials. */
export const redisUrl = z
  .string()
  .trim()
  .refine(isRedisUrl, 'must be redis:// or rediss:// with a host and, after it, at most a database number');
/** What a header can carry: a token with anything else would fail every single read. */
export const token = z
  .string()
  .trim()
  .regex(/^[\x21-\x7E]+$/, 'must be printable ASCII without spaces');

/** A whole number between two bounds, both included. Digits only: `Number` would also take `0x10`, `1e3` and the like. */
export function wholeNumber(min: number, max: number) {
  return z
    .string()
    .trim()
    .regex(/^\d{1,15}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(min).max(max));
}

/** The members of a comma-separated list, without empty ones. */
export function list(value: string): string[] {
  return value
    .split(',')
    .map((member) => member.trim())
    .filter((member) => member !== '');
}

function isRoot(value: string): boolean {
  const { username, password, search, hash } = new URL(value);
  return username === '' && password === '' && search === '' && hash === '';
}

/** A comma-separated list of browser origins. */
export function origins(value: string, context: z.RefinementCtx): string[] {
  const entries = list(value);
  for (const [index, entry] of entries.entries()) {
    // Browsers send exactly this form, so any other would never match.
    if (URL.canParse(entry) && new URL(entry).origin === entry) continue;
    context.addIssue({
      code: 'custom',
      message: `entry ${index + 1} must be an origin such as https://app.example.com`,
    });
  }
  return entries;
}
