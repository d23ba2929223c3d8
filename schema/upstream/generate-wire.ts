import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { wireFiles } from './wire-files.ts';

// Run by Node: writes the wire types and validators of both upstreams.
const top = join(import.meta.dirname, '../..');
for (const [path, text] of await wireFiles()) {
  const file = join(top, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
