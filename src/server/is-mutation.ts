import { getOperationAST, OperationTypeNode, type DocumentNode } from 'graphql';

/** What is about to be executed. */
interface RequestedOperation {
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
}

/** Whether the operation that is asked for is a mutation, whatever other operations its document holds. */
export function isMutation({ document, operationName }: RequestedOperation): boolean {
  return getOperationAST(document, operationName)?.operation === OperationTypeNode.MUTATION;
}
