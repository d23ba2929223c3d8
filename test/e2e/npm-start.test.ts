import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { expect, it } from 'vitest';

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
  const compiling = spawn(process.execPath, ['src/compile-main.ts'], {
    env: { ...env, NODE_COMPILE_CACHE: folder },
  });
  let faults = '';
  compiling.stderr.on('data', (chunk: Buffer) => {
    faults += chunk.toString();
  });
  expect(await once(compiling, 'exit')).toEqual([0, null]);
  expect(faults).toBe('');
  const files = await readdir(folder, { recursive: true });
  expect(files.length).toBeGreaterThan(1000);
  await rm(folder, { recursive: true });
});
