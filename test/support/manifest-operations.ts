import { readFileSync } from 'node:fs';
import type { OperationTypeNode } from 'graphql';
import { z } from 'zod';
import { operationOf } from './operation-of.ts';

/** An operation of the committed manifest. */
export interface ManifestOperation {
  /** Without its prefix. */
  readonly hash: string;
  readonly document: string;
  readonly name: string;
  readonly type: OperationTypeNode;
}

/** All operations of the committed manifest. */
export function manifestOperations(): ManifestOperation[] {
  const manifest = z
    .record(z.string(), z.string())
    .parse(JSON.parse(readFileSync('schema/persisted-operations.json', 'utf8')));
  return Object.entries(manifest).map(([key, document]) => ({
    hash: key.replace('sha256:', ''),
    document,
    ...operationOf(document),
  }));
}
