import { beforeAll, describe, expect, it } from 'vitest';
import { type LintFinding, lintFiles } from './lint-files.ts';

/** The file that imports, what it imports, and words of the message that must answer. */
const forbidden: readonly (readonly [string, string, string])[] = [
  ['src/gateway-main.ts', './domain/invoice/invoice.ts', 'belongs in src/server'],
  ['src/gateway-main.ts', './upstream/maple/source.ts', 'belongs in src/server'],
  ['src/gateway-main.ts', './schema.ts', 'belongs in src/server'],
  ['src/server/create-server.ts', '../main.ts', 'belongs in src/server'],
  ['src/server/create-server.ts', '../sandbox/start-sandbox.ts', 'Only src/*-main.ts, src/server/start-*.ts'],
  ['src/schema.ts', './server/context.ts', 'belongs in domain or below'],
  ['src/schema.ts', './upstream/maple/source.ts', 'src/server joins the two'],
  ['src/builder.ts', './upstream/maple/source.ts', 'src/server joins the two'],
  ['src/domain/plan/plan-type.ts', '../../upstream/maple/source.ts', 'src/server joins the two'],
  ['src/domain/plan/plan-type.ts', '../../server/context.ts', 'belongs in domain or below'],
  ['src/domain/plan/plan-type.ts', '../../schema.ts', 'belongs in src/builder.ts'],
  ['src/domain/plan/plan-type.ts', '../../sandbox/start-sandbox.ts', 'take what you need as an argument'],
  ['src/domain/plan/plan-type.ts', '../../config.ts', 'take the value as an argument'],
  ['src/domain/plan/plan-type.ts', 'dataloader', 'Batching belongs in src/upstream/*/loaders.ts'],
  ['src/server/context.ts', 'dataloader', 'Batching belongs in src/upstream/*/loaders.ts'],
  ['src/upstream/maple/source.ts', 'dataloader', 'Batching belongs in src/upstream/*/loaders.ts'],
  ['src/upstream/maple/source.ts', '../metronome/client.ts', 'belongs in src/upstream/http'],
  ['src/upstream/maple/loaders.ts', '../metronome/client.ts', 'belongs in src/upstream/http'],
  ['src/upstream/metronome/source.ts', '../maple/client.ts', 'belongs in src/upstream/http'],
  ['src/upstream/metronome/loaders.ts', '../maple/client.ts', 'belongs in src/upstream/http'],
  ['src/upstream/http/upstream-client.ts', '../maple/client.ts', 'belongs in its own folder'],
  ['src/upstream/maple/map.ts', 'graphql', 'know nothing of GraphQL'],
  ['src/upstream/metronome/map.ts', '@pothos/core', 'know nothing of GraphQL'],
  ['src/upstream/http/upstream-client.ts', 'graphql-yoga', 'know nothing of GraphQL'],
  ['src/upstream/maple/loaders.ts', 'graphql', 'know nothing of GraphQL'],
  ['src/upstream/maple/source.ts', '../../builder.ts', 'GraphQL definitions belong in src/domain'],
  ['src/upstream/maple/source.ts', '../../server/context.ts', 'belongs in domain or below'],
  ['src/upstream/maple/source.ts', '../../sandbox/maple/store.ts', 'take what you need as an argument'],
  ['src/money/money.ts', '../domain/invoice/invoice.ts', 'leaf under domain and upstream'],
  ['src/connection/cursor.ts', '../domain/plan/plan.ts', 'leaf under domain and upstream'],
  ['src/time/instant.ts', '../upstream/http/failure.ts', 'leaf under domain and upstream'],
  ['src/json/read-json.ts', '../server/context.ts', 'belongs in domain or below'],
  ['src/errors/gateway-error.ts', '../upstream/http/failure.ts', 'leaf under domain and upstream'],
  ['src/write/write-runner.ts', '../domain/plan/plan.ts', 'leaf under domain and upstream'],
  ['src/record-store/redis-store.ts', '../upstream/http/failure.ts', 'leaf under domain and upstream'],
  ['src/record-store/redis-store.ts', '../config.ts', 'take the value as an argument'],
  ['src/read-cache/read-cache.ts', '../domain/plan/plan.ts', 'leaf under domain and upstream'],
  ['src/read-cache/read-cache.ts', '../upstream/http/failure.ts', 'leaf under domain and upstream'],
  ['src/read-cache/redis-read-store.ts', '../config.ts', 'take the value as an argument'],
  ['src/redis/redis-connection.ts', '../server/context.ts', 'belongs in domain or below'],
  ['src/node-id.ts', './domain/plan/plan.ts', 'leaf under domain and upstream'],
  ['src/execution/compile-query.ts', '../domain/plan/plan.ts', 'knows graphql alone'],
  ['src/execution/compile-query.ts', '../errors/gateway-error.ts', 'knows graphql alone'],
  ['src/execution/query-executor.ts', '../server/context.ts', 'knows graphql alone'],
  ['src/execution/query-executor.ts', 'graphql-yoga', 'knows graphql alone'],
  ['src/execution/query-executor.ts', '@graphql-tools/executor', 'knows graphql alone'],
  ['src/a-new-leaf.ts', './server/context.ts', 'belongs in domain or below'],
  ['src/sandbox/start-sandbox.ts', '../json/read-json.ts', 'belongs in src/sandbox'],
  ['src/sandbox/maple/store.ts', '../../json/read-json.ts', 'belongs in src/sandbox'],
  ['src/sandbox/maple/routes/find.ts', '../../../json/read-json.ts', 'belongs in src/sandbox'],
];

/** What the layout needs, so that no rule above is wider than it says. */
const allowed: readonly (readonly [string, string])[] = [
  ['src/gateway-main.ts', './server/start-server.ts'],
  ['src/gateway-main.ts', './config.ts'],
  ['src/gateway-main.ts', './sandbox/start-sandbox.ts'],
  ['src/server/start-embedded.ts', '../sandbox/start-sandbox.ts'],
  ['src/server/context.ts', '../upstream/maple/source.ts'],
  ['src/server/context.ts', '../domain/plan/plan-source.ts'],
  ['src/server/context.ts', '../schema.ts'],
  ['src/schema.ts', './domain/plan/plan-type.ts'],
  ['src/domain/plan/plan-type.ts', '../../builder.ts'],
  ['src/domain/plan/plan-type.ts', '../charge/charge-type.ts'],
  ['src/domain/plan/plan-type.ts', '../../errors/upstream-error.ts'],
  ['src/upstream/maple/source.ts', '../../domain/plan/plan-source.ts'],
  ['src/upstream/maple/source.ts', '../http/upstream-client.ts'],
  ['src/upstream/maple/loaders.ts', 'dataloader'],
  ['src/upstream/metronome/loaders.ts', 'dataloader'],
  ['src/upstream/http/read-loader.ts', 'dataloader'],
  ['src/money/money.ts', '../json/json-number.ts'],
  ['src/record-store/redis-store.ts', '../write/record-store.ts'],
  ['src/execution/compile-query.ts', 'graphql'],
  ['src/execution/compile-query.ts', './execution.ts'],
  ['src/server/create-gateway.ts', '../execution/query-executor.ts'],
  ['src/server/context.ts', '../record-store/redis-store.ts'],
  ['src/read-cache/redis-read-store.ts', '../redis/redis-connection.ts'],
  ['src/upstream/http/reusing-reader.ts', '../../read-cache/read-cache.ts'],
  ['src/upstream/maple/reuse.ts', '../../read-cache/reuse.ts'],
  ['src/sandbox/maple/store.ts', '../http/router.ts'],
  ['src/sandbox/maple/routes/find.ts', '../../http/router.ts'],
  ['test/e2e/gateway.test.ts', '../../src/sandbox/start-sandbox.ts'],
  ['test/e2e/gateway.test.ts', '../../src/upstream/maple/source.ts'],
];

/** Messages of the dependency rule for each file, which holds all that this test makes it import. */
const messages = new Map<string, readonly string[]>();

beforeAll(async () => {
  const lines = new Map<string, Set<string>>();
  for (const [file, specifier] of [...forbidden, ...allowed]) {
    lines.set(file, (lines.get(file) ?? new Set()).add(`import '${specifier}';`));
  }
  const files = new Map<string, string>();
  for (const [file, imports] of lines) files.set(file, [...imports].join('\n'));
  const findings = await lintFiles(files);
  for (const [file, found] of findings)
    messages.set(
      file,
      found.filter(isDependencyRule).map(({ text }) => text),
    );
}, 60_000);

function isDependencyRule({ rule }: LintFinding): boolean {
  return rule === 'eslint(no-restricted-imports)';
}

function messagesAbout(file: string, specifier: string): readonly string[] {
  return (messages.get(file) ?? []).filter((text) => text.includes(`'${specifier}'`));
}

describe('the dependency rules', () => {
  it.each(forbidden)('refuse in %s an import of %s', (file, specifier, words) => {
    expect(messagesAbout(file, specifier)).toEqual([expect.stringContaining(words)]);
  });

  it.each(allowed)('allow in %s an import of %s', (file, specifier) => {
    expect(messagesAbout(file, specifier)).toEqual([]);
  });
});
