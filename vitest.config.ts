import { env } from 'node:process';
import { defineConfig } from 'vitest/config';

declare module 'vitest' {
  interface ProvidedContext {
    /** Whether the gateways that tests start answer plain queries without the server. */
    answersDirectly: boolean;
  }
}

export default defineConfig({
  // Without this, vitest loads graphql's development build beside the one its dependencies load: two realms.
  ssr: { resolve: { conditions: ['module', 'node', 'module-sync'] } },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/build-gateway.ts'],
    reporters: ['default', './test/support/plain-line-reporter.ts'],
    testTimeout: 60_000,
    // Of what comes as soon as the machine has time.
    expect: { poll: { timeout: 10_000 } },
    pool: 'threads',
    maxWorkers: 2,
    // Modules keep no state, so that files can share them; to load them anew for each takes as long as half of the tests.
    isolate: false,
    // CONTRIBUTING.md says when to set it.
    provide: { answersDirectly: env['ANSWERS'] !== 'by-server' },
  },
});
