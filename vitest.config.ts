import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Without this, vitest loads graphql's development build beside the one its dependencies load: two realms.
  ssr: { resolve: { conditions: ['module', 'node', 'module-sync'] } },
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', './test/support/plain-line-reporter.ts'],
    testTimeout: 60_000,
    pool: 'threads',
    maxWorkers: 2,
  },
});
