import { join } from 'node:path';

/** Where node keeps what it has compiled, so that the next start is faster; `npm start` names the same for the first file. */
export const COMPILE_CACHE = join(import.meta.dirname, '../node_modules/.cache/billing-gateway');
