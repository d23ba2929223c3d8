import {
  GraphQLDeferDirective,
  GraphQLError,
  Kind,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import type { ErrorCode } from '../../errors/error-code.ts';

/** How many fragments of an operation may be deferred, each counted wherever it is spread. */
export const MAX_DEFERRED = 10;

/**
 * Refuses operations that defer more than `MAX_DEFERRED` fragments: each is executed by itself, also where it selects what
 * another one selects, so that nested ones would double the work with every level. And refuses mutations that defer
 * anything: what they read after a write has to be read before the next write.
 */
export function deferRule(): ValidationRule {
  return (context) => ({
    OperationDefinition(operation) {
      const count = deferredIn(operation.selectionSet, context, new Map());
      const refuse = (message: string, code: ErrorCode): void => {
        context.reportError(new GraphQLError(message, { nodes: [operation], extensions: { code } }));
      };
      if (count > 0 && operation.operation === OperationTypeNode.MUTATION) {
        refuse('A mutation cannot defer anything.', 'BAD_USER_INPUT');
      }
      if (count > MAX_DEFERRED) {
        refuse(`The operation defers more than ${MAX_DEFERRED} fragments.`, 'OPERATION_TOO_COMPLEX');
      }
    },
  });
}

/** @param known count of each fragment seen so far; one that is under way counts as 0, so that a cycle ends */
function deferredIn(
  set: SelectionSetNode | undefined,
  context: ValidationContext,
  known: Map<string, number>,
): number {
  let count = 0;
  for (const selection of set?.selections ?? []) {
    switch (selection.kind) {
      case Kind.FIELD:
        count += deferredIn(selection.selectionSet, context, known);
        break;
      case Kind.INLINE_FRAGMENT:
        count += own(selection) + deferredIn(selection.selectionSet, context, known);
        break;
      case Kind.FRAGMENT_SPREAD:
        count += own(selection) + fragmentCount(selection.name.value, context, known);
        break;
    }
  }
  return count;
}

function fragmentCount(name: string, context: ValidationContext, known: Map<string, number>): number {
  const seen = known.get(name);
  if (seen !== undefined) return seen;
  known.set(name, 0);
  const count = deferredIn(context.getFragment(name)?.selectionSet, context, known);
  known.set(name, count);
  return count;
}

function own({ directives = [] }: SelectionNode): number {
  return directives.some(({ name }) => name.value === GraphQLDeferDirective.name) ? 1 : 0;
}
