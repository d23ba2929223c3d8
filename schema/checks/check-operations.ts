import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../../src/config.ts';
import { documentChecks } from '../../src/server/document-rules.ts';
import { operationFaults } from './operation-faults.ts';

// Run by Node: fails when an operation of a manifest does not fit the schema. Takes every schema/persisted-operations*.json
// and the files given as arguments, and holds them to the limits that stand by default in production.
const top = join(import.meta.dirname, '../..');
const committed = globSync('schema/persisted-operations*.json', { cwd: top }).map((path) => join(top, path));
const manifests = new Map(
  [...committed, ...process.argv.slice(2)].map((path) => [path, readFileSync(path, 'utf8')]),
);
const checks = documentChecks({ ...readConfig({}).limits, introspection: false });
const lines = await operationFaults(manifests, checks);
for (const line of lines) console.error(line);
if (lines.length > 0) {
  console.error(`${lines.length} faults: apps that have shipped with these operations would break`);
  process.exitCode = 1;
}
