import {
  defaultTypeResolver,
  GraphQLError,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type FieldNode,
  type GraphQLAbstractType,
  type GraphQLLeafType,
  type GraphQLList,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type SelectionSetNode,
} from 'graphql';
import {
  isPromise,
  nullFor,
  type Complete,
  type ExecuteSelection,
  type Execution,
  type Path,
  type Place,
} from './execution.ts';
import { ResolveInfo, type ResolvedField } from './resolve-info.ts';
import type { SelectionScope } from './selection-scope.ts';

/** Puts together how the values of a field come into the answer (GraphQL, section 'Value Completion'). */
export function compileType(scope: SelectionScope, field: ResolvedField, type: GraphQLOutputType): Complete {
  if (isNonNullType(type)) return completeNonNull(field, compileType(scope, field, type.ofType));
  if (isListType(type)) return completeList(field, type, compileType(scope, field, type.ofType));
  if (isLeafType(type)) return completeLeaf(type);
  if (isAbstractType(type)) return completeAbstract(scope, field, type);
  return completeObject(scope, field, type);
}

function completeNonNull({ parent, definition }: ResolvedField, complete: Complete): Complete {
  function notNull(value: unknown): unknown {
    if (value === null)
      throw new Error(`Cannot return null for non-nullable field ${parent.name}.${definition.name}.`);
    return value;
  }
  return (execution, value, path) => {
    const completed = complete(execution, value, path);
    return isPromise(completed) ? completed.then(notNull) : notNull(completed);
  };
}

function completeLeaf(type: GraphQLLeafType): Complete {
  return (_, value) => {
    if (value === null || value === undefined) return null;
    if (value instanceof Error) throw value;
    try {
      const leaf = type.coerceOutputValue(value);
      if (leaf === null || leaf === undefined) throw new TypeError(`${type.name} gave no value`);
      return leaf;
    } catch (error) {
      // A value that does not fit its type is a fault of the gateway, and none of the client's input.
      throw error instanceof GraphQLError ? new TypeError(error.message) : error;
    }
  };
}

function completeList(
  { nodes }: ResolvedField,
  { ofType }: GraphQLList<GraphQLOutputType>,
  complete: Complete,
): Complete {
  const place = { nodes, isNullable: !isNonNullType(ofType) };
  return (execution, value, path) => {
    if (value === null || value === undefined) return null;
    if (value instanceof Error) throw value;
    if (!Array.isArray(value)) throw new TypeError('expected a list');
    const list: readonly unknown[] = value;
    const items: unknown[] = [];
    let isLate = false;
    try {
      for (const [key, item] of list.entries()) {
        const completed = completeItem(
          execution,
          complete,
          item,
          { prev: path, key, typename: undefined },
          place,
        );
        items.push(completed);
        if (isPromise(completed)) isLate = true;
      }
    } catch (error) {
      if (!isLate) throw error;
      // What the others still come to is over with this list, but nobody else would hear of their failures.
      return Promise.allSettled(items).then(() => {
        throw error;
      });
    }
    return isLate ? Promise.all(items) : items;
  };
}

function completeItem(
  execution: Execution,
  complete: Complete,
  item: unknown,
  path: Path,
  place: Place,
): unknown {
  try {
    const completed = isPromise(item)
      ? item.then((late) => complete(execution, late, path))
      : complete(execution, item, path);
    return isPromise(completed)
      ? completed.then(undefined, (error: unknown) => nullFor(error, place, path, execution))
      : completed;
  } catch (error) {
    return nullFor(error, place, path, execution);
  }
}

function completeObject(scope: SelectionScope, { nodes }: ResolvedField, type: GraphQLObjectType): Complete {
  const executeSelection = scope.compileSelection(type, selectionSets(nodes));
  return (execution, value, path) => {
    if (value === null || value === undefined) return null;
    if (value instanceof Error) throw value;
    return executeSelection(execution, value, path);
  };
}

function completeAbstract(scope: SelectionScope, field: ResolvedField, type: GraphQLAbstractType): Complete {
  const sets = selectionSets(field.nodes);
  const resolveType = type.resolveType ?? defaultTypeResolver;
  // Only of types that come up: all of them, in every place of a document, could be very many.
  const selections = new Map<string, ExecuteSelection>();

  function selectionOf(name: unknown): ExecuteSelection {
    const known = typeof name === 'string' ? selections.get(name) : undefined;
    if (known !== undefined) return known;
    const found = typeof name === 'string' ? scope.schema.getType(name) : undefined;
    if (!isObjectType(found) || !scope.schema.isSubType(type, found))
      throw new TypeError(`${type.name} gave no type of its own`);
    const selection = scope.compileSelection(found, sets);
    selections.set(found.name, selection);
    return selection;
  }

  return (execution, value, path) => {
    if (value === null || value === undefined) return null;
    if (value instanceof Error) throw value;
    const name: unknown = resolveType(
      value,
      execution.context,
      new ResolveInfo(execution, field, path),
      type,
    );
    return isPromise(name)
      ? name.then((late) => selectionOf(late)(execution, value, path))
      : selectionOf(name)(execution, value, path);
  };
}

function selectionSets(nodes: readonly FieldNode[]): SelectionSetNode[] {
  return nodes.flatMap(({ selectionSet }) => (selectionSet === undefined ? [] : [selectionSet]));
}
