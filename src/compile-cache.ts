import { join } from 'node:path';
import { ROOT_FOLDER } from './root-folder.ts';

/** Where node keeps what it has compiled, so that the next start is faster. */
export const COMPILE_CACHE = join(ROOT_FOLDER, 'dist/compiled');
