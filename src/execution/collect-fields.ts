import { isAbstractType, Kind, type FieldNode, type GraphQLObjectType, type SelectionSetNode } from 'graphql';
import type { SelectionScope } from './selection-scope.ts';

/**
 * The fields that selection sets ask of an object of one type, those of one response key together, in the order in which
 * they come into the answer (GraphQL, section 'Field Collection').
 */
export function collectFields(
  scope: SelectionScope,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
): Map<string, FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const spread = new Set<string>();

  function collect({ selections }: SelectionSetNode): void {
    for (const selection of selections) {
      if (!scope.isIncluded(selection)) continue;
      switch (selection.kind) {
        case Kind.FIELD: {
          const key = selection.alias?.value ?? selection.name.value;
          const present = fields.get(key);
          if (present === undefined) fields.set(key, [selection]);
          else present.push(selection);
          break;
        }
        case Kind.INLINE_FRAGMENT:
          if (applies(selection.typeCondition?.name.value)) collect(selection.selectionSet);
          break;
        case Kind.FRAGMENT_SPREAD: {
          const name = selection.name.value;
          const fragment = scope.fragments[name];
          if (spread.has(name) || fragment === undefined) break;
          spread.add(name);
          if (applies(fragment.typeCondition.name.value)) collect(fragment.selectionSet);
          break;
        }
      }
    }
  }

  function applies(condition: string | undefined): boolean {
    if (condition === undefined || condition === type.name) return true;
    const around = scope.schema.getType(condition);
    return isAbstractType(around) && scope.schema.isSubType(around, type);
  }

  for (const set of sets) collect(set);
  return fields;
}
