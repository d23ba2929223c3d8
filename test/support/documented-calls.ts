import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { answerWithCost, callCount } from './asked-cost.ts';
import { boundOf } from './bound-of.ts';
import { pickObject } from './pick.ts';
import type { TestGateway } from './test-gateway.ts';

/** Counts of upstream calls by operation, as `TestGateway.calls` gives them. */
export type CallCounts = Readonly<Record<string, number>>;

/** One table of docs/upstream-calls.md, held against what queries really cost. */
export interface DocumentedCalls {
  /**
   * Runs a query and gives its data. Fails unless it costs the expected calls, the table says so of this shape, and its
   * client is told so, within the bound that it has been told as well.
   *
   * @param shape the first column of the table
   */
  expectCalls(
    shape: string,
    expected: CallCounts,
    query: string,
    variables?: Readonly<Record<string, unknown>>,
  ): Promise<unknown>;
  /** The shapes of the table that no call of `expectCalls` was about. */
  unmeasured(): string[];
}

/** The table below one heading of the document. Throws when a shape is listed twice. */
export function documentedCalls(heading: string, gateway: () => TestGateway): DocumentedCalls {
  const table = readTable(heading);
  const measured = new Set<string>();
  return {
    async expectCalls(shape, expected, query, variables) {
      gateway().forgetCalls();
      const { body, cost } = await answerWithCost(gateway(), query, variables);
      expect(body).not.toHaveProperty('errors');
      expect(gateway().calls()).toEqual(expected);
      expect(cost.actual.upstreamCalls).toBe(callCount(gateway()));
      expect(boundOf(query, variables).upstreamCalls).toBeGreaterThanOrEqual(cost.actual.upstreamCalls);
      expect(boundOf(query, variables).nodes).toBeGreaterThanOrEqual(cost.actual.nodes);
      expect(table.get(shape)).toBe(inWords(expected));
      measured.add(shape);
      return pickObject(body, 'data');
    },
    unmeasured: () => [...table.keys()].filter((shape) => !measured.has(shape)),
  };
}

function readTable(heading: string): ReadonlyMap<string, string> {
  const text = readFileSync(new URL('../../docs/upstream-calls.md', import.meta.url), 'utf8');
  const section = text.split('\n## ').find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const table = new Map<string, string>();
  for (const line of section.split('\n')) {
    const [, shape = '', calls = ''] = /^\| (.+?) +\| (.+?) +\|$/.exec(line) ?? [];
    if (shape === '' || shape === 'Query shape' || shape.startsWith('---')) continue;
    if (table.has(shape)) throw new Error(`listed twice: ${shape}`);
    table.set(shape, calls);
  }
  return table;
}

function inWords(calls: CallCounts): string {
  const words = Object.entries(calls).map(([call, count]) => `${count} x \`${call}\``);
  return words.length === 0 ? 'none' : words.join(', ');
}
