import type { Plugin } from 'graphql-yoga';
import { afterEach, describe, expect, it } from 'vitest';
import { useCallerLimits } from '../../src/server/use-caller-limits.ts';
import { createLogLines } from '../support/log-lines.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

const SECRET = 'Ada Example, ada@example.com';

function fail(): never {
  throw new Error(SECRET);
}

async function failLater(): Promise<never> {
  await Promise.resolve();
  return fail();
}

/** Where the server calls a plugin around an operation, and what is thrown there. */
const AROUND: Readonly<Record<string, Plugin>> = {
  'before the request is looked at': { onRequest: fail },
  'before the request is looked at, later': { onRequest: failLater },
  'while the answer is written': { onResultProcess: fail },
  'while the answer is written, later': { onResultProcess: failLater },
  'when the answer is there': { onResponse: fail },
  'when the answer is there, later': { onResponse: failLater },
  'by the limits of callers': useCallerLimits({ enter: fail, close: () => undefined }),
  'by the limits of callers, later': useCallerLimits({ enter: failLater, close: () => undefined }),
  'that is no error': {
    onRequest() {
      throw Object.assign(Object.create(null), { status: 200, stack: SECRET });
    },
  },
};

/** The same within it: what becomes of an operation has the status of any result. */
const WITHIN: Readonly<Record<string, Plugin>> = {
  'while the request is read': { onRequestParse: fail },
  'while its parameters are looked at': { onParams: failLater },
  'before the document is parsed': { onParse: fail },
  'before the document is validated': { onValidate: fail },
  'while the context is made': { onContextBuilding: fail },
  'before the operation is executed': { onExecute: fail },
  'after the operation has been executed': { onExecute: () => ({ onExecuteDone: fail }) },
  'after the result is there': { onExecutionResult: failLater },
};

const FAULTS = [
  ...Object.entries(AROUND).map(([where, plugin]) => ({ where, plugin, status: 500 })),
  ...Object.entries(WITHIN).map(([where, plugin]) => ({ where, plugin, status: 200 })),
];

describe('a fault of the server itself', () => {
  const log = createLogLines();
  let gateway: TestGateway;
  afterEach(() => gateway.stop());

  it.each(FAULTS)('thrown $where is masked and logged', async ({ plugin, status }) => {
    gateway = await startTestGateway({ plugins: [plugin], logger: log.logger });
    const before = log.saying('unexpected error').length;
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ providers { sandbox } }' }),
    });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    const body: unknown = await response.json();
    expect(body).toMatchObject({
      errors: [{ message: 'Unexpected error.', extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
    });
    expect(JSON.stringify(body)).not.toMatch(/Example|stack| at /);
    const logged = log.saying('unexpected error').slice(before);
    expect(logged.length).toBeGreaterThan(0);
    expect(log.lines().join('')).not.toContain(SECRET);
  });

  it('is counted as one', async () => {
    gateway = await startTestGateway({ plugins: [{ onResultProcess: fail }] });
    await fetch(`${gateway.url}?query={__typename}`);
    const metrics = await (await fetch(new URL('/metrics', gateway.url))).text();
    expect(metrics).toMatch(/gateway_errors_total\{[^}]*code="INTERNAL_SERVER_ERROR"[^}]*\} 1$/m);
  });
});
