import {
  defaultTypeResolver,
  getNullableType,
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
  NOWHERE,
  nullFor,
  promiseOf,
  type Complete,
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
  // What is waited for is a list or an object, which is never null in the end: where it fails, it throws.
  return (execution, value, path) => notNull(complete(execution, value, path));
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
  const item: CompiledItem = {
    nodes,
    isNullable: !isNonNullType(ofType),
    isLeaf: isLeafType(getNullableType(ofType)),
    complete,
  };
  return (execution, value, path) => {
    if (value === null || value === undefined) return null;
    if (value instanceof Error) throw value;
    if (!isIterable(value)) throw new TypeError('expected a list');
    const items: unknown[] = [];
    let isLate = false;
    try {
      for (const each of value) {
        const completed = completeItem(execution, item, each, path, items.length);
        items.push(completed);
        if (isPromise(completed)) isLate = true;
      }
    } catch (error) {
      // What the others still come to is over with this list, but nobody else would hear of their failures.
      void Promise.allSettled([...items, ...value]);
      throw error;
    }
    return isLate ? Promise.all(items) : items;
  };
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

/** The items of a list. */
interface CompiledItem extends Place {
  readonly complete: Complete;
  readonly isLeaf: boolean;
}

function completeItem(
  execution: Execution,
  item: CompiledItem,
  value: unknown,
  list: Path,
  index: number,
): unknown {
  let path: Path | null = null;
  try {
    const promise = promiseOf(value);
    if (item.isLeaf && promise === null) return item.complete(execution, value, NOWHERE);
    const at = itemPath(list, index);
    path = at;
    const completed =
      promise === null
        ? item.complete(execution, value, at)
        : completeLate(item.complete, execution, promise, at);
    return isPromise(completed) ? orNull(completed, item, at, execution) : completed;
  } catch (error) {
    return nullFor(error, item, path ?? itemPath(list, index), execution);
  }
}

function itemPath(list: Path, index: number): Path {
  return { prev: list, key: index, typename: undefined };
}

function orNull(
  completed: Promise<unknown>,
  place: Place,
  path: Path,
  execution: Execution,
): Promise<unknown> {
  return completed.then(undefined, (error: unknown) => nullFor(error, place, path, execution));
}

/** Gives a value that is still to come as it goes into the answer. */
export function completeLate(
  complete: Complete,
  execution: Execution,
  value: Promise<unknown>,
  path: Path,
): Promise<unknown> {
  return value.then((late) => complete(execution, late, path));
}

function completeObject(scope: SelectionScope, field: ResolvedField, type: GraphQLObjectType): Complete {
  const execute = compileObject(scope, field, type);
  return (execution, value, path) => {
    if (value === null || value === undefined) return null;
    if (value instanceof Error) throw value;
    return execute(execution, value, path);
  };
}

/** What is selected of an object, which is asked before whether it is of its type, if the type can tell. */
function compileObject(scope: SelectionScope, field: ResolvedField, type: GraphQLObjectType): Complete {
  const execute: Complete = scope.compileSelection(type, selectionSets(field.nodes));
  const { isTypeOf } = type;
  if (typeof isTypeOf !== 'function') return execute;
  return (execution, value, path) => {
    function executeIf(isOne: unknown): unknown {
      if (!isOne) throw new TypeError(`expected a value of type ${type.name}`);
      return execute(execution, value, path);
    }
    const isOne: unknown = isTypeOf(value, execution.context, infoOf(execution, field, path));
    return promiseOf(isOne)?.then(executeIf) ?? executeIf(isOne);
  };
}

function completeAbstract(scope: SelectionScope, field: ResolvedField, type: GraphQLAbstractType): Complete {
  const resolveType = type.resolveType ?? defaultTypeResolver;
  // Only of types that come up: all of them, in every place of a document, could be very many.
  const known = new Map<unknown, Complete>();

  function executeOf(name: unknown): Complete {
    const execute = known.get(name);
    if (execute !== undefined) return execute;
    const found = typeof name === 'string' ? scope.schema.getType(name) : undefined;
    if (!isObjectType(found) || !scope.schema.isSubType(type, found))
      throw new TypeError(`${type.name} gave no type of its own`);
    const compiled = compileObject(scope, field, found);
    known.set(name, compiled);
    return compiled;
  }

  function executeLate(
    name: Promise<unknown>,
    execution: Execution,
    value: unknown,
    path: Path,
  ): Promise<unknown> {
    return name.then((late) => executeOf(late)(execution, value, path));
  }

  return (execution, value, path) => {
    if (value === null || value === undefined) return null;
    if (value instanceof Error) throw value;
    const name: unknown = resolveType(value, execution.context, infoOf(execution, field, path), type);
    const promise = promiseOf(name);
    return promise === null
      ? executeOf(name)(execution, value, path)
      : executeLate(promise, execution, value, path);
  };
}

/** Types are told of the field, also for an item of its list. */
function infoOf(execution: Execution, field: ResolvedField, path: Path): ResolveInfo {
  let place = path;
  while (typeof place.key === 'number' && place.prev !== undefined) place = place.prev;
  return new ResolveInfo(execution, field, place);
}

function selectionSets(nodes: readonly FieldNode[]): SelectionSetNode[] {
  return nodes.flatMap(({ selectionSet }) => (selectionSet === undefined ? [] : [selectionSet]));
}
