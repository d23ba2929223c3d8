import { globSync, readFileSync } from 'node:fs';
import type { OperationTypeNode } from 'graphql';
import { operationOf } from './operation-of.ts';

/** The operations of `schema/operations`, as an app has them in its sources. */
export const appOperations: readonly {
  readonly document: string;
  readonly name: string;
  readonly type: OperationTypeNode;
}[] = globSync('schema/operations/*.graphql').map((path) => {
  const document = readFileSync(path, 'utf8');
  return { document, ...operationOf(document) };
});
