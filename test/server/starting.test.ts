import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { startGateway } from '../../src/server/start-gateway.ts';
import { createLogLines } from '../support/log-lines.ts';

it('a gateway that is still starting is alive, is not ready, and takes no work', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'starting-'));
  // Whoever reads it waits until somebody has written.
  const manifest = join(folder, 'manifest.json');
  spawnSync('mkfifo', [manifest]);
  const log = createLogLines();
  const config = readConfig({ PORT: '0', PERSISTED_OPERATIONS_PATH: manifest });
  const starting = startGateway(config, log.logger);
  try {
    await log.said('listening');
    const url = `http://${String(log.saying('listening')[0]?.['authority'])}`;
    const [live, ready, work] = await Promise.all([
      fetch(`${url}/livez`),
      fetch(`${url}/readyz`),
      fetch(`${url}/graphql?query={__typename}`),
    ]);
    expect([live.status, await live.text()]).toEqual([200, 'ok\n']);
    expect([ready.status, await ready.text()]).toEqual([503, 'starting\n']);
    expect([work.status, work.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await work.json()).toMatchObject({ errors: [{ extensions: { code: 'OVERLOADED' } }] });
    await writeFile(manifest, '{}');
    await starting;
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  } finally {
    await (await starting).stop();
    await rm(folder, { recursive: true });
  }
});
