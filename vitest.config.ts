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
    reporters: ['default', './test/support/plain-line-reporter.ts'],
    testTimeout: 60_000,
    pool: 'threads',
    maxWorkers: 2,
    // CONTRIBUTING.md says when to set it.
    provide: { answersDirectly: env['ANSWERS'] !== 'by-server' },
  },
});
