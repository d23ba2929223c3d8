import { rm, symlink, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buildSchema } from 'graphql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  openPersistedOperations,
  type PersistedOperations,
} from '../../../src/server/persisted-operations/open-persisted-operations.ts';
import { createOperationPlans } from '../../../src/server/operation-limits/operation-plans.ts';
import { createLogLines, type LogLines } from '../../support/log-lines.ts';
import { createManifestFolder, type ManifestFolder } from '../../support/manifest-folder.ts';

const schema = buildSchema('type Query { a: Int, b: Int, c: Int }');
const checks = { schema, rules: [], maxAliases: 5, maxTokens: 100, plans: createOperationPlans(schema) };
const A = '{"1": "query A { a }"}';
const B = '{"1": "query B { b }"}';
const CANARY = 'canary5c2d';
const RELOADED = 'persisted operations reloaded';
const FAULTY = 'has changed and has faults';
const CONTRADICTING = 'contradict each other';

let folder: ManifestFolder;
let log: LogLines;
const opened: PersistedOperations[] = [];

beforeEach(async () => {
  folder = await createManifestFolder();
  log = createLogLines();
});
afterEach(async () => {
  for (const operations of opened.splice(0)) operations.close();
  await folder.remove();
});

async function open(...paths: readonly string[]): Promise<PersistedOperations> {
  const operations = await openPersistedOperations({
    paths,
    checks,
    logger: log.logger,
    reloadIntervalMs: 5,
  });
  opened.push(operations);
  return operations;
}

describe('a manifest that changes', () => {
  it('is loaded again', async () => {
    const operations = await open(await folder.write('m.json', A));
    const before = operations.find('1');
    await folder.write('m.json', '{"2": "query B { b }", "1": "query A { a }"}');
    await log.said(RELOADED);
    expect(operations.find('2')?.text).toBe('query B { b }');
    expect(operations.find('1')).toBe(before);
    await folder.write('m.json', B);
    await log.said(RELOADED, 2);
    expect([operations.find('1')?.text, operations.find('2')]).toEqual(['query B { b }', null]);
  });

  it('is loaded again behind a link that is set anew, as Kubernetes mounts it', async () => {
    const path = await folder.write('first.json', A);
    const link = join(dirname(path), 'link.json');
    await symlink(path, link);
    const operations = await open(link);
    const second = await folder.write('second.json', B);
    await unlink(link);
    await symlink(second, link);
    await log.said(RELOADED);
    expect(operations.find('1')?.text).toBe('query B { b }');
  });

  it.each([
    ['is no JSON', `{"1": "query ${CANARY}`],
    ['is empty', ''],
    ['has another form', `["${CANARY}"]`],
    ['does not fit the schema', `{"1": "query B { b ${CANARY} }"}`],
    ['holds a wrong hash', `{"sha256:${'a'.repeat(64)}": "query ${CANARY} { b }"}`],
  ])('keeps what it held when it %s, and says so once and without its content', async (_how, broken) => {
    const operations = await open(await folder.write('m.json', A), await folder.write('other.json', '{}'));
    await folder.write('m.json', broken);
    await log.said(FAULTY);
    expect(operations.find('1')?.text).toBe('query A { a }');
    // The same content in a new file is not complained about again: two reloads of the other one have looked at it.
    await folder.write('m.json', broken);
    await folder.write('other.json', '{"2": "query C { c }"}');
    await log.said(RELOADED);
    await folder.write('other.json', '{}');
    await log.said(RELOADED, 2);
    await folder.write('m.json', B);
    await log.said(RELOADED, 3);
    expect(operations.find('1')?.text).toBe('query B { b }');
    expect(log.lines().filter((line) => line.includes(FAULTY))).toHaveLength(1);
    expect(log.lines().join('')).not.toContain(CANARY);
    expect(log.lines().join('')).not.toContain('m.json');
  });

  it('keeps what it held when it is gone', async () => {
    const path = await folder.write('m.json', A);
    const operations = await open(path);
    await rm(path);
    await log.said(FAULTY);
    expect(operations.find('1')?.text).toBe('query A { a }');
    await folder.write('m.json', B);
    await log.said(RELOADED);
    expect(operations.find('1')?.text).toBe('query B { b }');
  });

  it('does not keep another from being loaded again', async () => {
    const operations = await open(
      await folder.write('first.json', A),
      await folder.write('second.json', '{"2": "query A { a }"}'),
    );
    await folder.write('first.json', 'broken');
    await log.said(FAULTY);
    await folder.write('second.json', '{"2": "query C { c }"}');
    await log.said(RELOADED);
    expect([operations.find('1')?.text, operations.find('2')?.text]).toEqual([
      'query A { a }',
      'query C { c }',
    ]);
  });

  it('waits for the other one while the two contradict each other', async () => {
    const operations = await open(await folder.write('first.json', A), await folder.write('second.json', A));
    await folder.write('first.json', B);
    await log.said(CONTRADICTING);
    expect(operations.find('1')?.text).toBe('query A { a }');
    await folder.write('second.json', B);
    await log.said(RELOADED);
    expect(operations.find('1')?.text).toBe('query B { b }');
  });

  it('is not looked at after the end', async () => {
    const operations = await open(await folder.write('m.json', A));
    const other = await open(await folder.write('other.json', A));
    operations.close();
    await folder.write('m.json', B);
    await folder.write('other.json', '{}');
    await log.said(RELOADED);
    await folder.write('other.json', B);
    await log.said(RELOADED, 2);
    expect([operations.find('1')?.text, other.find('1')?.text]).toEqual(['query A { a }', 'query B { b }']);
  });
});
