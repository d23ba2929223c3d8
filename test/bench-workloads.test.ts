import { parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { decodeNodeId } from '../src/node-id.ts';
import { schema } from '../src/schema.ts';
import { OPERATIONS, TRAFFICS, workload, WORKLOADS } from './bench/workloads.ts';

describe('workloads of the bench', () => {
  it.each(Object.entries(OPERATIONS))('ask what the schema has: %s', (_, document) => {
    expect(validate(schema, parse(document))).toEqual([]);
  });

  it.each(WORKLOADS.flatMap((name) => TRAFFICS.map((traffic) => [name, traffic] as const)))(
    'give every variable that the document of %s, %s declares',
    (name, traffic) => {
      const { document, variables } = workload(name, traffic);
      const declared = [...document.matchAll(/\$(\w+):/g)].map(([, variable]) => variable);
      for (const each of variables) expect(Object.keys(each)).toEqual(declared);
    },
  );

  it('mix 1,000 customers, each as often as every other', () => {
    const asked = workload('nplus1', 'mixed').variables.flatMap(({ ids }) => String(ids).split(','));
    const counts = new Map<string, number>();
    for (const id of asked) counts.set(id, (counts.get(id) ?? 0) + 1);
    expect(counts.size).toBe(1000);
    expect(new Set(counts.values())).toEqual(new Set([20]));
    expect([...counts.keys()].every((id) => decodeNodeId(id)?.type === 'Customer')).toBe(true);
  });
});
