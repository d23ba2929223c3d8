import { join } from 'node:path';

/** The folder of `package.json`: the parent of `src`, and of `dist`, where this is part of other files. */
export const ROOT_FOLDER = join(import.meta.dirname, '..');
