import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedFiles } from '../generated-files.ts';
import { staleFiles } from './stale-files.ts';

// Run by Node: fails when a committed generated file differs from what its sources give. Writes nothing.
const top = join(import.meta.dirname, '../..');
const places = [
  'schema/schema.graphql',
  'schema/persisted-operations.json',
  'src/**/*.gen.*',
  'test/generated/*',
];
const committed = new Map(
  globSync(places, { cwd: top }).map((path) => [path, readFileSync(join(top, path), 'utf8')]),
);
const lines = staleFiles(await generatedFiles(), committed);
for (const line of lines) console.error(line);
if (lines.length > 0) {
  console.error('generated files are stale: run npm run codegen');
  process.exitCode = 1;
}
