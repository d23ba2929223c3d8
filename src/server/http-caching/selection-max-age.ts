import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLNamedOutputType,
  type GraphQLSchema,
  type NamedTypeNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { cacheControlOf, type CacheControl } from '../../domain/cache-control.ts';

/** What is selected of what. */
export interface Selections {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Whether a selection counts. */
  readonly counts: (selection: SelectionNode) => boolean;
}

/** Nothing that limits it. */
const UNLIMITED = Number.POSITIVE_INFINITY;

/**
 * The strictest max-age, in seconds, of all that an operation selects; infinite where it selects nothing but type names.
 * On an abstract type, that of all types that may be met there: which of them it is shows only in the answer.
 */
export function selectionMaxAge({ schema, document, operation, counts }: Selections): number {
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
    ),
  );
  const root = schema.getRootType(operation.operation);
  if (!root) return 0;
  return strictestIn(operation.selectionSet, root, 0, { schema, counts, fragments, seen: new Set() });
}

interface Walk extends Pick<Selections, 'schema' | 'counts'> {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Names of the fragments that have been walked through. */
  readonly seen: Set<string>;
}

/** @param inherited max-age of the field that the selection belongs to */
function strictestIn(
  { selections }: SelectionSetNode,
  parent: GraphQLCompositeType,
  inherited: number,
  walk: Walk,
): number {
  let strictest = UNLIMITED;
  for (const selection of selections) {
    if (strictest === 0) break;
    if (walk.counts(selection)) strictest = Math.min(strictest, maxAgeOf(selection, parent, inherited, walk));
  }
  return strictest;
}

function maxAgeOf(
  selection: SelectionNode,
  parent: GraphQLCompositeType,
  inherited: number,
  walk: Walk,
): number {
  switch (selection.kind) {
    case Kind.FIELD: {
      const name = selection.name.value;
      if (name === '__typename') return UNLIMITED;
      const field = walk.schema.getField(parent, name);
      if (!field) return 0;
      const own = Math.min(
        ...fieldsOf(parent, name, walk.schema).map((each) => fieldMaxAge(each, inherited, walk.schema)),
      );
      const type = getNamedType(field.type);
      if (selection.selectionSet === undefined || !isCompositeType(type)) return own;
      return Math.min(own, strictestIn(selection.selectionSet, type, own, walk));
    }
    case Kind.INLINE_FRAGMENT:
      return strictestIn(
        selection.selectionSet,
        conditionType(selection.typeCondition, parent, walk.schema),
        inherited,
        walk,
      );
    case Kind.FRAGMENT_SPREAD: {
      const name = selection.name.value;
      const fragment = walk.fragments.get(name);
      if (fragment === undefined) return 0;
      // Fragments that spread fragments twice would otherwise be walked through exponentially often. Once is enough: what
      // their fields inherit elsewhere already counts there.
      if (walk.seen.has(name)) return UNLIMITED;
      walk.seen.add(name);
      const type = conditionType(fragment.typeCondition, parent, walk.schema);
      return strictestIn(fragment.selectionSet, type, inherited, walk);
    }
  }
}

/** The field as each type that may be met there declares it. */
function fieldsOf(
  parent: GraphQLCompositeType,
  name: string,
  schema: GraphQLSchema,
): GraphQLField<unknown, unknown>[] {
  const types = isObjectType(parent) ? [parent] : schema.getPossibleTypes(parent);
  return types.flatMap((type) => schema.getField(type, name) ?? []);
}

function fieldMaxAge(
  { extensions, type }: GraphQLField<unknown, unknown>,
  inherited: number,
  schema: GraphQLSchema,
): number {
  const own = cacheControlOf(extensions);
  return own === null ? typeMaxAge(getNamedType(type), inherited, schema) : declaredAge(own, inherited);
}

function typeMaxAge(type: GraphQLNamedOutputType, inherited: number, schema: GraphQLSchema): number {
  if (isAbstractType(type)) {
    return Math.min(...schema.getPossibleTypes(type).map((each) => typeMaxAge(each, inherited, schema)));
  }
  if (!isObjectType(type)) return inherited;
  const own = cacheControlOf(type.extensions);
  return own === null ? 0 : declaredAge(own, inherited);
}

function declaredAge(control: CacheControl, inherited: number): number {
  return 'maxAgeSeconds' in control ? control.maxAgeSeconds : inherited;
}

function conditionType(
  condition: NamedTypeNode | undefined,
  parent: GraphQLCompositeType,
  schema: GraphQLSchema,
): GraphQLCompositeType {
  const type = condition === undefined ? parent : schema.getType(condition.name.value);
  return isCompositeType(type) ? type : parent;
}
