import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { expect, it } from 'vitest';
import { filesBelow } from '../deploy/image-layout.ts';
import { startGatewayProcess } from '../support/gateway-process.ts';
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
  const NODE_COMPILE_CACHE = folder;
  const scripts: unknown = JSON.parse(await readFile('package.json', 'utf8'));
  const [, compile = ''] = pickText(scripts, 'scripts', 'build').split(' && node ');
  const compiling = spawn(process.execPath, compile.split(' '), { env: { ...env, NODE_COMPILE_CACHE } });
  let faults = '';
  compiling.stderr.on('data', (chunk: Buffer) => {
    faults += chunk.toString();
  });
  expect(await once(compiling, 'exit')).toEqual([0, null]);
  expect(faults).toBe('');
  const compiled = await sizeOf(folder);
  expect(compiled).toBeGreaterThan(1_000_000);
  const gateway = await startGatewayProcess({ NODE_COMPILE_CACHE, PORT: '0' });
  await gateway.answer('{ customers(first: 1) { nodes { id } } }');
  gateway.signal('SIGTERM');
  expect(await gateway.exitCode()).toBe(0);
  // What only starts it; node writes it down when it ends.
  expect(await sizeOf(folder)).toBeLessThan(1.02 * compiled);
  await rm(folder, { recursive: true });
});

/** The bytes of all files below. */
async function sizeOf(folder: string): Promise<number> {
  const files = await Promise.all((await filesBelow(folder)).map((file) => stat(file)));
  return files.reduce((sum, { size }) => sum + size, 0);
}
