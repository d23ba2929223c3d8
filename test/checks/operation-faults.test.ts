import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { operationFaults } from '../../schema/checks/operation-faults.ts';
import { createOperationPlans } from '../../src/server/operation-limits/operation-plans.ts';
import { apolloManifest, codegenManifest } from '../support/manifest-folder.ts';

const schema = buildSchema('type Query { a: Int }');
const checks = { schema, rules: [], maxAliases: 5, maxTokens: 100, plans: createOperationPlans(schema) };

describe('operationFaults', () => {
  it('finds nothing where every operation fits', async () => {
    const manifests = new Map([
      ['web.json', codegenManifest(['query A { a }'])],
      ['phone.json', apolloManifest(['query A { a }', 'query B { a }'])],
    ]);
    expect(await operationFaults(manifests, checks)).toEqual([]);
  });

  it('names what a changed schema would break, in every manifest', async () => {
    const manifests = new Map([
      ['web.json', codegenManifest(['query A { a }', 'query Web { b }'])],
      ['phone.json', apolloManifest(['query Phone { a(n: 1) }'])],
      ['torn.json', '{'],
    ]);
    expect(await operationFaults(manifests, checks)).toEqual([
      expect.stringMatching(/^web\.json: operation Web, id \w{64}: Cannot query field "b"/),
      expect.stringMatching(/^phone\.json: operation Phone, id \w{64}: Unknown argument "n"/),
      'torn.json: it is not JSON',
    ]);
  });

  it('names an id that two manifests give to two documents', async () => {
    const manifests = new Map([
      ['web.json', apolloManifest(['query A { a }'], () => '1')],
      ['phone.json', apolloManifest(['query B { a }'], () => '1')],
    ]);
    expect(await operationFaults(manifests, checks)).toEqual(['id 1 stands for two documents']);
  });
});
