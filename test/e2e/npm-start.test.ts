import { spawn } from 'node:child_process';
import { once } from 'node:events';
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
