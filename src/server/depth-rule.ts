import {
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import type { ErrorCode } from '../errors/error-code.ts';

/**
 * Refuses operations whose fields nest more deeply than `maxDepth`, before anything is executed: what an operation costs
 * can double with every level. Introspection nests by nature and is exempt.
 */
export function depthRule(maxDepth: number): ValidationRule {
  const code: ErrorCode = 'OPERATION_TOO_COMPLEX';
  return (context) => ({
    OperationDefinition(operation) {
      const depth = depthOf(operation.selectionSet, context, new Map());
      if (depth <= maxDepth) return;
      const message = `The operation nests fields ${depth} levels deep; at most ${maxDepth} are allowed.`;
      context.reportError(new GraphQLError(message, { nodes: [operation], extensions: { code } }));
    },
  });
}

/** @param known depth of each fragment seen so far; one that is under way counts as 0, so that a cycle ends */
function depthOf(
  set: SelectionSetNode | undefined,
  context: ValidationContext,
  known: Map<string, number>,
): number {
  let deepest = 0;
  for (const selection of set?.selections ?? []) {
    switch (selection.kind) {
      case Kind.FIELD:
        if (!selection.name.value.startsWith('__')) {
          deepest = Math.max(deepest, 1 + depthOf(selection.selectionSet, context, known));
        }
        break;
      case Kind.INLINE_FRAGMENT:
        deepest = Math.max(deepest, depthOf(selection.selectionSet, context, known));
        break;
      case Kind.FRAGMENT_SPREAD:
        deepest = Math.max(deepest, fragmentDepth(selection.name.value, context, known));
        break;
    }
  }
  return deepest;
}

function fragmentDepth(name: string, context: ValidationContext, known: Map<string, number>): number {
  const seen = known.get(name);
  if (seen !== undefined) return seen;
  known.set(name, 0);
  const depth = depthOf(context.getFragment(name)?.selectionSet, context, known);
  known.set(name, depth);
  return depth;
}
