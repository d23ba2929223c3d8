import {
  defaultFieldResolver,
  getArgumentValues,
  getNullableType,
  isLeafType,
  isNonNullType,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  type FieldNode,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { completeLate, compileType } from './compile-type.ts';
import { collectFields } from './collect-fields.ts';
import {
  isPromise,
  NOWHERE,
  nullFor,
  promiseOf,
  type Complete,
  type ExecuteSelection,
  type Execution,
  type Path,
  type Place,
} from './execution.ts';
import { ResolveInfo, type ResolvedField } from './resolve-info.ts';
import type { SelectionScope } from './selection-scope.ts';

/** One field of a selection, with everything about it that is the same each time. */
interface CompiledField extends ResolvedField, Place {
  readonly key: string;
  /** The first of them: all have the same arguments. */
  readonly node: FieldNode;
  readonly complete: Complete;
  /** Null where they hang on variables, or cannot be coerced, which is an error of the field. */
  readonly fixedArgs: Record<string, unknown> | null;
  readonly resolve: GraphQLFieldResolver<unknown, unknown>;
  /** Whether it is the member of its name, or what that gives where it is a function. */
  readonly isMember: boolean;
  readonly isLeaf: boolean;
  /** `__typename`, which is known before anything is resolved. */
  readonly isTypeName: boolean;
}

/** Puts together what is selected of objects of one type, when the first of them comes up. */
export function compileSelection(
  scope: SelectionScope,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
): ExecuteSelection {
  let fields: readonly CompiledField[] | null = null;
  return (execution, source, path) => {
    fields ??= compileFields(scope, type, sets);
    const values: Record<string, unknown> = {};
    let pending: Promise<void>[] | null = null;
    try {
      for (const field of fields) {
        const value = executeField(execution, field, source, path);
        // Also where it is still to come, so that members keep their order.
        put(values, field.key, value);
        if (!isPromise(value)) continue;
        pending ??= [];
        pending.push(putLate(values, field.key, value));
      }
    } catch (error) {
      if (pending === null) throw error;
      return failedAfter(settled(pending, values), error);
    }
    return pending === null ? values : settled(pending, values);
  };
}

function compileFields(
  scope: SelectionScope,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
): CompiledField[] {
  return [...collectFields(scope, type, sets)].flatMap(([key, nodes]) => {
    const field = compileField(scope, type, key, nodes);
    return field === null ? [] : [field];
  });
}

/** Errors stand in the order in which they come up, so that a further step for one alone would be seen in the answer. */
function settled(
  pending: readonly Promise<void>[],
  values: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const [first, ...others] = pending;
  return (others.length === 0 && first !== undefined ? first : Promise.all(pending)).then(() => values);
}

/** Apart from what calls it, as all that makes functions here: V8 would make their context for each field otherwise. */
function putLate(values: Record<string, unknown>, key: string, value: Promise<unknown>): Promise<void> {
  return value.then((late) => {
    put(values, key, late);
  });
}

/** What the others still come to is over with this object, but nobody else would hear of its failures. */
function failedAfter(others: Promise<unknown>, error: unknown): Promise<never> {
  const fail = (): never => {
    throw error;
  };
  return others.then(fail, fail);
}

/** A client may name a field as no member is named that can be assigned. */
function put(values: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(values, key, { value, enumerable: true, writable: true, configurable: true });
  else values[key] = value;
}

function compileField(
  scope: SelectionScope,
  parent: GraphQLObjectType,
  key: string,
  nodes: readonly FieldNode[],
): CompiledField | null {
  const [node] = nodes;
  const definition = node === undefined ? undefined : definitionOf(scope, parent, node.name.value);
  if (node === undefined || definition === undefined) return null;
  return {
    key,
    definition,
    nodes,
    node,
    parent,
    isNullable: !isNonNullType(definition.type),
    complete: compileType(scope, { definition, nodes, parent }, definition.type),
    fixedArgs: fixedArgs(definition, node),
    resolve: definition.resolve ?? defaultFieldResolver,
    isLeaf: isLeafType(getNullableType(definition.type)),
    isMember: isMember(definition),
    isTypeName: definition === TypeNameMetaFieldDef,
  };
}

/** With arguments, some of which may not fit, there is more to do. */
function isMember({ resolve = defaultFieldResolver, args }: GraphQLField<unknown, unknown>): boolean {
  return resolve === defaultFieldResolver && args.length === 0;
}

function definitionOf(
  { schema }: SelectionScope,
  parent: GraphQLObjectType,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  const isQuery = parent === schema.getQueryType();
  switch (name) {
    case TypeNameMetaFieldDef.name:
      return TypeNameMetaFieldDef;
    case SchemaMetaFieldDef.name:
      return isQuery ? SchemaMetaFieldDef : undefined;
    case TypeMetaFieldDef.name:
      return isQuery ? TypeMetaFieldDef : undefined;
    default:
      return parent.getFields()[name];
  }
}

function fixedArgs(
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
): Record<string, unknown> | null {
  if ((node.arguments ?? []).some(({ value }) => holdsVariable(value))) return null;
  try {
    return Object.freeze(getArgumentValues(definition, node));
  } catch {
    return null;
  }
}

function holdsVariable(value: ValueNode): boolean {
  if (value.kind === Kind.LIST) return value.values.some(holdsVariable);
  if (value.kind === Kind.OBJECT) return value.fields.some((field) => holdsVariable(field.value));
  return value.kind === Kind.VARIABLE;
}

function executeField(
  execution: Execution,
  field: CompiledField,
  source: unknown,
  parentPath: Path | undefined,
): unknown {
  if (field.isTypeName) return field.parent.name;
  let path: Path | null = null;
  try {
    const member = field.isMember ? memberOf(source, field.definition.name) : undefined;
    // A leaf has nothing below that is told where it stands.
    if (field.isLeaf && member !== undefined) return field.complete(execution, member, NOWHERE);
    const at = pathOf(field, parentPath);
    path = at;
    const completed =
      member === undefined
        ? resolvedField(execution, field, source, at)
        : field.complete(execution, member, at);
    return isPromise(completed) ? orNull(completed, field, at, execution) : completed;
  } catch (error) {
    return nullForAll(error, field, path ?? pathOf(field, parentPath), execution);
  }
}

function orNull(
  completed: Promise<unknown>,
  field: CompiledField,
  path: Path,
  execution: Execution,
): Promise<unknown> {
  return completed.then(undefined, (error: unknown) => nullForAll(error, field, path, execution));
}

function pathOf({ key, parent }: CompiledField, prev: Path | undefined): Path {
  return { prev, key, typename: parent.name };
}

/**
 * A member that is there, and that nobody has to be told anything for; undefined for every other. Most fields are no more
 * than that.
 */
function memberOf(source: unknown, name: string): unknown {
  if (typeof source !== 'object' || source === null) return undefined;
  const member: unknown = Reflect.get(source, name);
  return typeof member === 'function' || promiseOf(member) !== null ? undefined : member;
}

/** A resolver may fail in several ways at once. */
function nullForAll(error: unknown, field: CompiledField, path: Path, execution: Execution): null {
  const errors: readonly unknown[] = error instanceof AggregateError ? error.errors : [];
  if (errors.length === 0) return nullFor(error, field, path, execution);
  for (const each of errors) nullFor(each, field, path, execution);
  return null;
}

function resolvedField(execution: Execution, field: CompiledField, source: unknown, path: Path): unknown {
  const { definition, node, complete, resolve } = field;
  const args = field.fixedArgs ?? getArgumentValues(definition, node, execution.variableValues);
  const value: unknown = resolve(source, args, execution.context, new ResolveInfo(execution, field, path));
  const promise = promiseOf(value);
  return promise === null
    ? complete(execution, value, path)
    : completeLate(complete, execution, promise, path);
}
