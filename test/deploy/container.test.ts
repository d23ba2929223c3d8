import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { chown, readFile } from 'node:fs/promises';
import { getuid } from 'node:process';
import { validate } from 'dockerfile-utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startMapleSandbox, type MapleSandbox } from '../../src/sandbox/maple/start-maple-sandbox.ts';
import { startMetronomeSandbox } from '../../src/sandbox/metronome/start-metronome-sandbox.ts';
import type { SandboxServer } from '../../src/sandbox/http/sandbox-server.ts';
import { operationIds } from '../clients/operation-ids.ts';
import { pickText } from '../support/pick.ts';
import { allOf, environmentOf, stagesOf, theOnly, wordsOf } from './dockerfile.ts';
import { filesBelow, layOutImage, type ImageLayout } from './image-layout.ts';

const dockerfile = readFileSync('Dockerfile', 'utf8');
const stages = stagesOf(dockerfile);
const image = stages.at(-1) ?? [];

describe('the Dockerfile', () => {
  it('has no fault that the validator of Docker editors knows', () => {
    expect(validate(dockerfile)).toEqual([]);
  });

  it('takes each base by the tag of a major version', () => {
    for (const stage of stages) expect(theOnly(stage, 'FROM')).toMatch(/^node:24-slim(?: AS \w+)?$/);
  });

  it('installs what the lock file says, without development dependencies and scripts, and bundles it as npm ci does', () => {
    expect(allOf(stages[0] ?? [], 'RUN')).toEqual(['npm ci --omit=dev --ignore-scripts', 'npx rolldown -c']);
    const scripts: unknown = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(pickText(scripts, 'scripts', 'build')).toMatch(/^rolldown -c /);
  });

  it('starts node as npm start does', () => {
    const scripts: unknown = JSON.parse(readFileSync('package.json', 'utf8'));
    const start = pickText(scripts, 'scripts', 'start').replace(/^.*exec /, '');
    expect(wordsOf(theOnly(image, 'ENTRYPOINT')).join(' ')).toBe(start);
    // What is compiled with other options serves nobody.
    const [compile] = allOf(image, 'RUN').slice(-1);
    expect(compile).toBe(start.replace('dist/main.js', 'dist/compile-main.js'));
    expect(pickText(scripts, 'scripts', 'build')).toMatch(new RegExp(`${compile}$`));
  });

  it('runs as a user that is not root', () => {
    expect(theOnly(image, 'USER')).toBe('1000:1000');
  });

  it('copies nothing that is not there, or that .dockerignore keeps out', () => {
    const lines = readFileSync('.dockerignore', 'utf8').split('\n');
    const letIn = new Set(lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1)));
    const sources = stages
      .flatMap((stage) => allOf(stage, 'COPY'))
      .filter((rest) => !rest.startsWith('--from='))
      .flatMap((rest) => rest.split(' ').slice(0, -1));
    expect(sources.filter((source) => !existsSync(source))).toEqual([]);
    expect(sources.filter((source) => !letIn.has(source))).toEqual([]);
  });
});

describe('the files of the image', () => {
  const KEY = 'a-key-of-a-client';
  // Only root may choose, and only a user that may go to where node is.
  const other = { uid: 1000, gid: 1000 };
  const mayBeOther = getuid?.() === 0 && spawnSync(process.execPath, ['--version'], other).status === 0;
  let sandboxes: readonly [SandboxServer, MapleSandbox];
  let layout: ImageLayout;
  let gateway: ChildProcess;
  let output = '';
  let environment: Readonly<Record<string, string>>;
  let origin = '';

  /** Starts a command of the image, as its user where this process may choose, and where nothing of it can be written. */
  function run(words: readonly string[]): ChildProcess {
    const [, ...given] = words;
    return spawn(process.execPath, given, {
      cwd: layout.app,
      env: environment,
      ...(mayBeOther && other),
    });
  }

  function healthCheck(): ChildProcess {
    const [, command = ''] = /CMD (.*)$/.exec(theOnly(image, 'HEALTHCHECK')) ?? [];
    return run(wordsOf(command));
  }

  beforeAll(async () => {
    sandboxes = await Promise.all([
      startMetronomeSandbox({ companyCount: 10 }),
      startMapleSandbox({ companyCount: 10 }),
    ]);
    layout = await layOutImage(image);
    if (getuid?.() === 0) await chown(layout.data, 1000, 1000);
    const [metronome, maple] = sandboxes;
    environment = {
      ...environmentOf(image),
      IDEMPOTENCY_PATH: `${layout.data}/idempotency.sqlite`,
      PORT: '0',
      METRONOME_API_URL: metronome.url,
      METRONOME_API_TOKEN: metronome.token,
      MAPLE_API_URL: maple.url,
      MAPLE_API_TOKEN: maple.token,
      MAPLE_COMPANY_ID: maple.companyId,
      GATEWAY_API_KEYS: `client:read:${createHash('sha256').update(KEY).digest('hex')}`,
    };
    gateway = run(wordsOf(theOnly(image, 'ENTRYPOINT')));
    const listening = Promise.withResolvers<string>();
    const listen = (chunk: Buffer): void => {
      output += chunk.toString();
      const [, authority] = /Billing gateway on http:\/\/\S+:(\d+)\//.exec(output) ?? [];
      if (authority !== undefined) listening.resolve(authority);
    };
    gateway.stdout?.on('data', listen);
    gateway.stderr?.on('data', listen);
    gateway.once('exit', () => listening.reject(new Error(`the gateway ended first: ${output}`)));
    const port = await listening.promise;
    environment = { ...environment, PORT: port };
    origin = `http://127.0.0.1:${port}`;
  }, 60_000);
  afterAll(async () => {
    gateway.kill('SIGKILL');
    await layout.remove();
    await Promise.all(sandboxes.map((sandbox) => sandbox.close()));
  });

  it('are enough for a gateway in production, which nobody may write to', async () => {
    const response = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': KEY },
      body: JSON.stringify({
        documentId: operationIds.get('PlanCatalogue'),
        variables: { first: 1 },
      }),
    });
    expect(await response.json()).toMatchObject({ data: { plans: { failures: [] } } });
  });

  it('are written to nowhere but in the volume', async () => {
    const written = await filesBelow(layout.data);
    expect(written.map((file) => file.slice(layout.data.length))).toContain('/idempotency.sqlite');
  });

  it('hold a health check that tells whether the gateway lives', async () => {
    expect(await once(healthCheck(), 'exit')).toEqual([0, null]);
    const ended = once(gateway, 'exit');
    gateway.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(await once(healthCheck(), 'exit')).toEqual([1, null]);
  });

  it('hold nothing but the bundle, the operations and two files of the project', async () => {
    const files = (await filesBelow(layout.app)).map((file) => file.slice(layout.app.length + 1));
    const others = files.filter((file) => !/^(?:dist|schema\/operations)\//.test(file));
    expect(others.toSorted()).toEqual(['LICENSE', 'package.json', 'schema/persisted-operations.json']);
    expect(
      files.filter((file) => !/\.(?:js|map|txt|json|graphql)$|^LICENSE$|^dist\/compiled\//.test(file)),
    ).toEqual([]);
  });

  it('hold the licenses of the packages that are bundled', async () => {
    const text = await readFile(`${layout.app}/dist/THIRD-PARTY-LICENSES.txt`, 'utf8');
    for (const name of ['graphql-yoga', '@pothos/core', 'undici', 'zod']) {
      const { version } = z
        .object({ version: z.string() })
        .parse(JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')));
      expect(text).toContain(`${name} ${version}: `);
    }
    expect(
      text.match(/^MIT License|^The MIT License|Permission is hereby granted/gm)?.length,
    ).toBeGreaterThan(20);
  });
});
