import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { acceptedChangesSchema, breakingChanges } from './breaking-changes.ts';

// Run by Node: fails when schema.graphql breaks contract.graphql, unless accepted-changes.json says why.
const read = (name: string): string => readFileSync(join(import.meta.dirname, '..', name), 'utf8');
const accepted = acceptedChangesSchema.parse(JSON.parse(read('accepted-changes.json')));
const lines = await breakingChanges(read('contract.graphql'), read('schema.graphql'), accepted);
for (const line of lines) console.error(line);
if (lines.length > 0) {
  console.error(`${lines.length} breaking changes; a meant one belongs in schema/accepted-changes.json`);
  process.exitCode = 1;
}
