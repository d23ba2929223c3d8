import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { FORMS } from '../targets/target.ts';
import type { Workload } from '../workloads.ts';
import { sendRequest, type StartedTarget } from './started-target.ts';

/** How many requests of a workload are compared, spread over all of them. */
const SAMPLES = 25;

const answer = z.strictObject({ data: z.unknown() });

/**
 * Compares what servers answer: all have to give the same data without errors.
 *
 * @throws Error that names the server and the first place that differs
 */
export async function checkAnswers(servers: readonly StartedTarget[], workload: Workload): Promise<void> {
  const { variables } = workload;
  const step = Math.max(1, Math.floor(variables.length / SAMPLES));
  for (let index = 0; index < variables.length; index += step) {
    const asked = variables[index] ?? {};
    let expected: { from: string; data: unknown } | undefined;
    for (const { target, url } of servers) {
      for (const form of FORMS) {
        const request = target.request(form, workload, asked);
        if (request === null) continue;
        const { status, text } = await sendRequest(url, request);
        const name = `${target.name}, ${form}, ${workload.name}, ${JSON.stringify(asked)}`;
        const parsed = answer.safeParse(JSON.parse(text));
        if (status !== 200 || !parsed.success) throw new Error(`${name}: ${status} ${text.slice(0, 500)}`);
        const { data } = parsed.data;
        expected ??= { from: target.name, data };
        const difference = firstDifference(expected.data, data, 'data');
        if (difference !== null) throw new Error(`${name} differs from ${expected.from}: ${difference}`);
      }
    }
  }
}

function firstDifference(expected: unknown, actual: unknown, path: string): string | null {
  if (isDeepStrictEqual(expected, actual) || isSameInstant(expected, actual)) return null;
  if (isContainer(expected) && isContainer(actual)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
      const difference = firstDifference(expected[key], actual[key], `${path}.${key}`);
      if (difference !== null) return difference;
    }
    return null;
  }
  return `${path}: ${JSON.stringify(expected)} against ${JSON.stringify(actual)}`;
}

/** Hive Gateway writes every timestamp anew, with milliseconds. */
function isSameInstant(expected: unknown, actual: unknown): boolean {
  return [expected, actual].every(isTimestamp) && Date.parse(String(expected)) === Date.parse(String(actual));
}

function isTimestamp(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value);
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
