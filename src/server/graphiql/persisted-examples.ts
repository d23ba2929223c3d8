import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getOperationAST, parse, print } from 'graphql';
import { ROOT_FOLDER } from '../../root-folder.ts';
import type { PersistedOperations } from '../persisted-operations/open-persisted-operations.ts';
import { manifestEntries } from '../persisted-operations/manifest-entries.ts';
import { HASH_PREFIX } from '../persisted-operations/operation-id.ts';
import { commentLines, foldedLines } from './editor-text.ts';
import type { ExampleQuery } from './example-queries.ts';

const SCHEMA_FOLDER = join(ROOT_FOLDER, 'schema');

const identifier = 'acct_1001';
const june = { from: '2026-06-01T00:00:00Z', to: '2026-07-01T00:00:00Z' };

/** The files of schema/operations in the order of their tabs, with variables over the sandbox's data. */
const VARIABLES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'customer-search': { first: 10, after: null, filter: { providers: ['MAPLE'], search: 'Orchard' } },
  'billing-overview': { identifier, ...june },
  'invoice-list': { identifier, first: 5, after: null, filter: null },
  'invoice-detail': {
    id: 'SW52b2ljZTpNRVRST05PTUU6MmRhODc5M2YtOTZhZC01ODkyLWE5YjMtYzkwM2M1NDYxMTkxOjI0ZGNkZTU2LTJkOGEtNTE5Zi1iYjVkLWY2ZjRjNDIxMTY3MA',
  },
  'cost-chart': { identifier, ...june, first: 31, after: null },
  'plan-catalogue': { first: 12, after: null, filter: null },
  'add-charge': {
    input: {
      idempotencyKey: 'graphiql-1',
      customerId: 'Q3VzdG9tZXI6TUFQTEU6Y3VzXzJlZWE1NjBYMA',
      charge: {
        maple: {
          timing: 'NEXT',
          items: [
            {
              quantity: '2',
              customPrice: {
                productId: 'prod_services',
                unitPrice: { amount: '12.50', currency: 'USD' },
                description: 'Onboarding',
              },
            },
          ],
        },
      },
    },
  },
};

/**
 * The operations of the committed manifest as an app's developer wants to try them: in their own order of fields, with
 * variables, and with the id that an app sends where the gateway serves them by it.
 */
export async function persistedExamples(operations: PersistedOperations): Promise<readonly ExampleQuery[]> {
  const ids = await committedIds();
  return Promise.all(
    Object.entries(VARIABLES).map(async ([file, variables]): Promise<ExampleQuery> => {
      const source = await readFile(join(SCHEMA_FOLDER, 'operations', `${file}.graphql`), 'utf8');
      const [, comments = ''] = /^((?:#.*\n)*)/.exec(source) ?? [];
      const id = ids.get(operationName(source));
      const isServed = id !== undefined && operations.find(id) !== null;
      const served = isServed ? `# Persisted: an app sends only its id,\n# ${HASH_PREFIX}${id}\n` : '';
      return {
        query: `${commentLines(comments.replaceAll(/^#/gm, '').trim())}${served}${foldedLines(print(parse(source)))}\n`,
        variables: `${JSON.stringify(variables, null, 2)}\n`,
      };
    }),
  );
}

/** By the names of operations, which are one each. */
async function committedIds(): Promise<ReadonlyMap<string, string>> {
  const manifest = await readFile(join(SCHEMA_FOLDER, 'persisted-operations.json'), 'utf8');
  return new Map(manifestEntries(manifest).map(({ id, document }) => [operationName(document), id]));
}

function operationName(document: string): string {
  return getOperationAST(parse(document))?.name?.value ?? '';
}
