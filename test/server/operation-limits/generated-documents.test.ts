import { afterAll, describe, expect, it } from 'vitest';
import { documentChecks } from '../../../src/server/document-rules.ts';
import { createTurns } from '../../../src/server/turns.ts';
import { schema } from '../../../src/schema.ts';
import { longestStretchMs } from '../../support/busy-stretches.ts';
import { createLavishWorld } from '../../support/lavish-world.ts';
import { pick } from '../../support/pick.ts';
import { createRandom } from '../../support/random.ts';
import { randomOperation } from '../../support/random-operation.ts';
import { runWeighed, type WeighedRun } from '../../support/weighed-run.ts';

/** Larger ones, and two of three, are weighed and not executed, for time. */
const EXECUTED = { nodes: 100, upstreamCalls: 20 };
const NONE = { nodes: -1, upstreamCalls: -1 };
const DOCUMENTS = 10_000;
const MAX_STRETCH_MS = 50;
/** Asks whether an upstream answers, and there is none here. */
const WITHOUT = new Set(['ProviderInfo.status']);

describe('ten thousand operations made up by chance, over upstreams that have as much as is taken for granted', () => {
  const world = createLavishWorld();
  afterAll(() => world.close());

  it(
    'never cost more than they were weighed at, often just that, and never hold others up',
    { timeout: 120_000 },
    async () => {
      const checks = documentChecks({ maxDepth: 15, maxAliases: 50, maxTokens: 5000, introspection: true });
      const [random, takeTurn, cursors] = [
        createRandom(20_260_615),
        createTurns(),
        new Map<string, string[]>(),
      ];
      const [over, slow]: [string[], string[]] = [[], []];
      const counts = { refused: 0, over: 0, answered: 0, exact: 0 };
      for (let at = 0; at < DOCUMENTS; at += 1) {
        const operation = randomOperation({
          schema,
          random,
          depth: 3 + random.below(4),
          cursors,
          without: WITHOUT,
        });
        const runs: WeighedRun[] = [];
        const stretchMs = await longestStretchMs(MAX_STRETCH_MS, async () => {
          runs.push(
            await runWeighed(operation, { world, checks, limits: at % 3 === 0 ? EXECUTED : NONE, takeTurn }),
          );
        });
        if (stretchMs >= MAX_STRETCH_MS) slow.push(JSON.stringify({ operation, stretchMs }));
        const [run] = runs;
        if (run === undefined) throw new Error('it was run');
        counts[run.kind] += 1;
        if (run.kind === 'answered') {
          const { requested, actual } = run;
          const isWithin = actual.upstreamCalls <= requested.upstreamCalls && actual.nodes <= requested.nodes;
          if (!isWithin) over.push(JSON.stringify({ operation, requested, actual }));
          if (actual.upstreamCalls > 0 && actual.upstreamCalls === requested.upstreamCalls) counts.exact += 1;
          keepCursors(run, cursors);
        }
      }
      expect(over).toEqual([]);
      // The bound would mean little if it were seldom reached, and the test if little were executed.
      expect(counts.answered).toBeGreaterThan(DOCUMENTS / 6);
      expect(counts.exact).toBeGreaterThan(DOCUMENTS / 15);
      expect(counts.refused).toBeLessThan(DOCUMENTS / 20);
      expect(slow).toEqual([]);
    },
  );
});

/** Cursors of lists at the top, for later operations to go on from. */
function keepCursors(
  { result }: Extract<WeighedRun, { kind: 'answered' }>,
  cursors: Map<string, string[]>,
): void {
  for (const field of ['customers', 'plans']) {
    const kept = cursors.get(`Query.${field}`) ?? [];
    cursors.set(`Query.${field}`, kept);
    const cursor = optional(result, 'data', field, 'pageInfo', 'endCursor');
    if (typeof cursor === 'string') kept.push(cursor);
  }
}

function optional(value: unknown, ...path: readonly string[]): unknown {
  try {
    return pick(value, ...path);
  } catch {
    return null;
  }
}
