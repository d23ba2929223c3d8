import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { normalizedExecutor } from '@graphql-tools/executor';
import { buildSchema, experimentalExecuteIncrementally } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { QueryExecutor } from '../../src/execution/query-executor.ts';
import { pick } from '../support/pick.ts';
import { createRandom } from '../support/random.ts';
import { randomOperation } from '../support/random-operation.ts';
import { resolveByChance } from './random-world.ts';
import { rewrittenOperation } from './rewritten-operation.ts';

const DOCUMENTS = 5000;
const schema = buildSchema(readFileSync('schema/schema.graphql', 'utf8'));
const executor = new QueryExecutor(schema);

/** Messages of values that are none of their type are each executor's own; the server masks them. */
function textOf(result: unknown): string {
  return JSON.stringify(result, (key, value: unknown) =>
    key === 'message' &&
    typeof value === 'string' &&
    /^(?:Expected|expected|Abstract|Runtime|.* gave no )/.test(value)
      ? 'masked'
      : value,
  );
}

/** With what fails only after the answer is decided: how much of it is told hangs on a step more or less. */
async function settled<T>(result: T): Promise<Awaited<T>> {
  const value = await result;
  await setImmediate();
  return value;
}

describe('queries by chance', () => {
  beforeAll(() => resolveByChance(schema));

  it(`give what Yoga's executor gives, and what GraphQL.js gives`, async () => {
    const counts = { executed: 0, left: 0, failed: 0, late: 0 };
    for (let seed = 0; seed < DOCUMENTS; seed += 1) {
      const random = createRandom(seed);
      const operation = randomOperation({ schema, random, depth: 3, cursors: new Map() });
      const request = rewrittenOperation(schema, operation, random);
      const contextValue = { seed, isLate: random.chance(0.7) };
      const args = { schema, ...request, contextValue };
      const started = executor.execute(args);
      if (started === null) {
        counts.left += 1;
        continue;
      }
      const result = await settled(started);
      const answer = textOf(result);
      expect(answer, `seed ${seed}`).toBe(textOf(await settled(normalizedExecutor(args))));
      const again = seed % 4 === 0 ? textOf(await settled(executor.execute(args))) : answer;
      expect(again, `seed ${seed}, again`).toBe(answer);
      // Of what is lost with a place that became null, GraphQL.js tells no errors and Yoga's executor does.
      const other = await experimentalExecuteIncrementally(args);
      expect(JSON.stringify(result.data), `seed ${seed}, GraphQL.js`).toBe(
        JSON.stringify(pick(other, 'data')),
      );
      counts.executed += 1;
      if (result.errors) counts.failed += 1;
      if (started instanceof Promise) counts.late += 1;
    }
    // Enough of each kind, so that the comparison is one.
    expect(counts.executed).toBeGreaterThan(0.8 * DOCUMENTS);
    expect(counts.left).toBeLessThan(0.2 * DOCUMENTS);
    expect(counts.failed).toBeGreaterThan(0.3 * DOCUMENTS);
    expect(counts.late).toBeGreaterThan(0.5 * DOCUMENTS);
  });
});
