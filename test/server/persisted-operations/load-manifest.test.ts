import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { depthRule } from '../../../src/server/depth-rule.ts';
import { createOperationPlans } from '../../../src/server/operation-limits/operation-plans.ts';
import { loadManifest, mergedOperations } from '../../../src/server/persisted-operations/load-manifest.ts';
import { ManifestError } from '../../../src/server/persisted-operations/manifest-entries.ts';
import { apolloManifest, codegenManifest, sha256 } from '../../support/manifest-folder.ts';

const schema = buildSchema('type Query { a(n: Int): Int, inner: Query } type Mutation { b: Int }');
const checks = {
  schema,
  rules: [depthRule(2)],
  maxAliases: 5,
  maxTokens: 100,
  plans: createOperationPlans(schema),
};

/** What is wrong with a manifest; nothing where it loads. */
async function faultsOf(text: string): Promise<readonly string[]> {
  try {
    await loadManifest(text, checks);
    return [];
  } catch (error) {
    if (error instanceof ManifestError) return error.faults;
    throw error;
  }
}

describe('loadManifest', () => {
  it('gives each operation parsed, by its id', async () => {
    const text = 'query A { a }';
    const operations = await loadManifest(codegenManifest([text, 'mutation B { b }']), checks);
    expect([...operations.keys()]).toEqual([sha256(text), sha256('mutation B { b }')]);
    expect(operations.get(sha256(text))).toMatchObject({ text, document: { kind: 'Document' } });
  });

  it.each([
    [
      'does not fit the schema',
      'query Shipped { gone }',
      /^operation Shipped, id \w{64}: Cannot query field "gone"/,
    ],
    ['nests too deeply', 'query Shipped { inner { inner { a } } }', /^operation Shipped, .* 3 levels deep/],
    ['gives a value of the wrong type', 'query Shipped { a(n: "x") }', /^operation Shipped, .* Int cannot/],
    ['does not parse', 'query Shipped {', /^operation id \w{64}: Syntax Error: .* \(line 1, column 16\)$/],
    [
      'holds no operation',
      'fragment F on Query { a }',
      /^operation id \w{64}: the document holds no operation$/,
    ],
    ['defines a type', 'type T { a: Int }', /the document holds no operation$/],
  ])('names an operation that %s', async (_how, document, fault) => {
    expect(await faultsOf(codegenManifest(['query Good { a }', document]))).toEqual([
      expect.stringMatching(fault),
    ]);
  });

  it('names every operation at fault', async () => {
    const faults = await faultsOf(codegenManifest(['query X { x }', 'query A { a }', 'query Y { y }']));
    expect(faults).toHaveLength(2);
  });

  it.each(['sha256:', ''])('refuses a key %jhash that is not that of its document', async (prefix) => {
    const manifest = JSON.stringify({ [`${prefix}${sha256('query B { a }')}`]: 'query A { a }' });
    expect(await faultsOf(manifest)).toEqual([
      expect.stringMatching(/^operation A, id \w{64}: its id is not its SHA-256$/),
    ]);
  });

  it("lets Apollo's tool make ids of any kind", async () => {
    expect(await faultsOf(apolloManifest(['query A { a }'], () => sha256('other')))).toEqual([]);
    expect(await faultsOf(apolloManifest(['query A { a }'], () => `sha256:${sha256('other')}`))).toHaveLength(
      1,
    );
  });

  it('refuses one id for two documents, within a manifest and over several', async () => {
    const both = apolloManifest(['query A { a }', 'query B { a }'], () => '1');
    expect(await faultsOf(both)).toEqual(['id 1 stands for two documents']);
    const a = await loadManifest('{"1": "query A { a }"}', checks);
    const b = await loadManifest('{"1": "query B { a }"}', checks);
    expect(() => mergedOperations([a, b])).toThrow(ManifestError);
    expect(mergedOperations([a, a])).toEqual(a);
  });

  it('takes over what it knows, and nothing else', async () => {
    const known = await loadManifest('{"1": "query A { a }", "2": "query B { a }"}', checks);
    const operations = await loadManifest('{"1": "query A { a }", "2": "query C { a }"}', checks, known);
    expect(operations.get('1')).toBe(known.get('1'));
    expect(operations.get('2')?.text).toBe('query C { a }');
  });

  it('shows of an id no more than one line can hold', async () => {
    const faults = await faultsOf(JSON.stringify({ [`a\n\u001B[31m${'b'.repeat(500)}`]: 'query A { x }' }));
    expect(faults).toEqual([expect.stringMatching(/^operation A, id a\?\?\[31mb{57}: /)]);
  });
});
