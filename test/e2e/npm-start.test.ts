import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { filesBelow } from '../deploy/image-layout.ts';
import { pickText } from '../support/pick.ts';

it('npm start hands SIGTERM to the gateway, which drains and ends with 0', async () => {
  const npm = spawn('env', ['PORT=0', 'LOG_LEVEL=info', 'npm', 'start']);
  let output = '';
  const started = Promise.withResolvers<undefined>();
  npm.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (output.includes('Billing gateway on http')) started.resolve(undefined);
  });
  await started.promise;
  const exited = once(npm, 'exit');
  npm.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
  expect(output).toContain('draining');
});

it('npm ci leaves compiled what npm start needs', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'billing-gateway-compiled-'));
  for (const part of ['package.json', 'schema/persisted-operations.json', 'dist'])
    await cp(part, join(folder, part), { recursive: true, filter: (path) => path !== 'dist/compiled' });
  const scripts: unknown = JSON.parse(await readFile('package.json', 'utf8'));
  const run = (script: string): ChildProcess => {
    const [, command = ''] = pickText(scripts, 'scripts', script).split(/ && (?:.* exec )?node /);
    return spawn(process.execPath, command.split(' '), { cwd: folder, env: { PORT: '0' } });
  };
  const compiling = run('build');
  let faults = '';
  compiling.stderr?.on('data', (chunk: Buffer) => {
    faults += chunk.toString();
  });
  expect(await once(compiling, 'exit')).toEqual([0, null]);
  expect(faults).toBe('');
  const compiled = await sizeOf(join(folder, 'dist/compiled'));
  expect(compiled).toBeGreaterThan(1_000_000);
  const starting = run('start');
  await once(starting.stdout ?? starting, 'data');
  starting.kill('SIGTERM');
  expect(await once(starting, 'exit')).toEqual([0, null]);
  // Node writes what it has compiled when it ends: what only starts the gateway is little.
  expect(await sizeOf(join(folder, 'dist/compiled'))).toBeLessThan(1.02 * compiled);
  await rm(folder, { recursive: true });
});

/** The bytes of all files below. */
async function sizeOf(folder: string): Promise<number> {
  const files = await Promise.all((await filesBelow(folder)).map((file) => stat(file)));
  return files.reduce((sum, { size }) => sum + size, 0);
}
