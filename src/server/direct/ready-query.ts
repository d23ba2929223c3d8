import { getOperationAST, OperationTypeNode, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { RequestedExecution } from '../../execution/query-executor.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { isTooCostly } from '../operation-limits/use-operation-limits.ts';
import { servedOperation } from '../persisted-operations/use-persisted-operations.ts';
import { plainVariables } from '../plain-variables.ts';
import type { DirectParams } from './direct-params.ts';

/** A query that has passed every check, with what it is executed with. */
export interface ReadyQuery {
  readonly execution: RequestedExecution & { readonly schema: GraphQLSchema };
  readonly isPersisted: boolean;
  /** What it was asked with beside its document: where both are equal, the queries are. */
  readonly text: string;
}

/** The query that a request asks for; null for what only the server answers. */
export function readyQuery(parts: GatewayParts, params: DirectParams): ReadyQuery | null {
  const served = documentOf(parts, params);
  if (served === null) return null;
  const { operationName, text } = params;
  const document = parts.wholeDocument(served);
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== OperationTypeNode.QUERY) return null;
  const { schema } = parts;
  const execution = { schema, document, operationName, variableValues: params.variables };
  const variableValues = plainVariables(execution);
  const ready = { ...execution, variableValues };
  return isTooCostly(parts, ready) ? null : { execution: ready, isPersisted: served.isPersisted, text };
}

function documentOf(
  { persisted: { mode, operations }, documents }: GatewayParts,
  params: DirectParams,
): { readonly document: DocumentNode; readonly isPersisted: boolean } | null {
  const { id, query } = params;
  if (id !== null) {
    const operation = mode === 'off' ? null : servedOperation(operations, params);
    return operation === null ? null : { document: operation.document, isPersisted: true };
  }
  const document = mode === 'only' || query === null ? null : documents.validated(query);
  return document === null ? null : { document, isPersisted: false };
}
