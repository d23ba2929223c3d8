import {
  Kind,
  parse,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { RandomOperation } from '../support/random-operation.ts';
import type { Random } from '../support/random.ts';

/** A document, and variables of which some are left out or null. */
export interface RewrittenOperation {
  readonly document: DocumentNode;
  readonly variableValues: Readonly<Record<string, unknown>>;
}

/** Says some things of an operation twice, in fragments of the same type, and gives variables defaults. */
export function rewrittenOperation(
  schema: GraphQLSchema,
  { query, variables }: RandomOperation,
  random: Random,
): RewrittenOperation {
  const types = new TypeInfo(schema);
  const document = visit(
    parse(query),
    visitWithTypeInfo(types, {
      [Kind.SELECTION_SET]: {
        leave(node) {
          const parent = types.getParentType();
          if (!parent || !random.chance(0.2)) return undefined;
          const again = inlineFragment(
            parent.name,
            random.some(node.selections, 1 + random.below(3)),
            random,
          );
          const selections = random.chance(0.5) ? [again, ...node.selections] : [...node.selections, again];
          return { ...node, selections } satisfies SelectionSetNode;
        },
      },
      [Kind.VARIABLE_DEFINITION]: {
        leave(node) {
          const { type } = node;
          if (type.kind !== Kind.NON_NULL_TYPE || type.type.kind !== Kind.NAMED_TYPE) return undefined;
          if (type.type.name.value !== 'Boolean' || !random.chance(0.2)) return undefined;
          return {
            ...node,
            type: type.type,
            defaultValue: { kind: Kind.BOOLEAN, value: random.chance(0.5) },
          };
        },
      },
    }),
  );
  const given = Object.entries(variables).flatMap(([name, value]): [string, unknown][] => {
    if (random.chance(0.9)) return [[name, value]];
    return random.chance(0.3) ? [[name, null]] : [];
  });
  return { document: parse(print(document)), variableValues: Object.fromEntries(given) };
}

function inlineFragment(type: string, selections: readonly SelectionNode[], random: Random): SelectionNode {
  const typeCondition = {
    kind: Kind.NAMED_TYPE,
    name: { kind: Kind.NAME, value: type },
  } as const;
  return {
    kind: Kind.INLINE_FRAGMENT,
    ...(random.chance(0.5) && { typeCondition }),
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  };
}
