import { Kind, parse, type OperationTypeNode } from 'graphql';

/** Name and type of the one operation of a document; throws where there is not exactly one with a name. */
export function operationOf(document: string): { readonly name: string; readonly type: OperationTypeNode } {
  const operations = parse(document).definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const [operation] = operations;
  if (operation?.name === undefined || operations.length > 1)
    throw new Error('not one operation with a name');
  return { name: operation.name.value, type: operation.operation };
}
