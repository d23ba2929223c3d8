import {
  getNamedType,
  GraphQLDeferDirective,
  isAbstractType,
  isCompositeType,
  Kind,
  valueFromASTUntyped,
  visit,
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type NamedTypeNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { declaredCost, type DeclaredCost } from '../../domain/operation-cost/field-cost.ts';
import { OperationTooComplexError } from '../../errors/gateway-error.ts';
import type { createIntrospectionCosts } from './introspection-cost.ts';

/** Values of an operation's variables. */
export type Variables = Readonly<Record<string, unknown>>;

/**
 * One field of the answer to an operation: everything that the document selects under one name of one type, apart from what
 * is deferred, or in one deferred fragment.
 */
export interface PlannedField {
  /** The field's own name, whatever it is called in the answer. */
  readonly name: string;
  readonly isIntrospection: boolean;
  readonly cost: DeclaredCost | null;
  /** Null for a leaf. */
  readonly type: GraphQLCompositeType | null;
  /** For each place where it is selected: what may leave it out there. */
  readonly conditions: readonly Conditions[];
  args(variables: Variables): Readonly<Record<string, unknown>>;
  /** What is selected of an object of a type that the field can give. */
  below(type: GraphQLObjectType): readonly PlannedField[];
}

/** Selections around a field, and the field itself, that have directives. */
export type Conditions = readonly SelectionNode[];

/** All of an operation that does not hang on its variables, put together the first time that it is needed. */
export interface OperationPlan {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  /** What variables are where a request does not give them. */
  readonly defaults: Variables;
  readonly root: readonly PlannedField[];
}

/** A field, or fields to be looked at, with what is around it. */
interface Selected<Node> {
  readonly node: Node;
  readonly conditions: Conditions;
}

/**
 * More selected places than that are not weighed: nothing that would be let through has as many, and fragments in
 * fragments can make millions of a short document.
 */
const MAX_PLACES = 20_000;

/** Looks at a document that is valid; its fragments are followed as in the execution, fields of one name merged. */
export class OperationPlanner {
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #introspectionCost: ReturnType<typeof createIntrospectionCosts>;
  #places = 0;

  constructor(
    schema: GraphQLSchema,
    document: DocumentNode,
    introspectionCost: ReturnType<typeof createIntrospectionCosts>,
  ) {
    this.#schema = schema;
    this.#introspectionCost = introspectionCost;
    this.#fragments = new Map(
      document.definitions.flatMap((definition) =>
        definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
      ),
    );
  }

  /** @throws OperationTooComplexError for an operation that is too large to be weighed, here or further below */
  plan(operation: OperationDefinitionNode): OperationPlan {
    const root = this.#schema.getRootType(operation.operation);
    const sets = [{ node: operation.selectionSet, conditions: [] }];
    return {
      schema: this.#schema,
      operation,
      defaults: defaultsOf(operation),
      root: root ? this.#fields(sets, root) : [],
    };
  }

  #fields(sets: readonly Selected<SelectionSetNode>[], parent: GraphQLObjectType): readonly PlannedField[] {
    // Each deferred fragment is executed by itself, also where it selects what is selected elsewhere.
    const apart: Apart[] = [{ sets, path: [] }];
    const fields: PlannedField[] = [];
    for (const { sets: together, path } of apart) {
      const places = new Map<string, Selected<FieldNode>[]>();
      const always = new Set<string>();
      for (const set of together) this.#collect(set, { parent, places, always, path, apart });
      fields.push(...[...places.values()].flatMap((each) => this.#field(each, parent) ?? []));
    }
    return fields;
  }

  #field(places: readonly Selected<FieldNode>[], parent: GraphQLObjectType): PlannedField | null {
    const [first] = places;
    const name = first?.node.name.value ?? '';
    const field = this.#schema.getField(parent, name);
    if (!field || first === undefined) return null;
    const type = getNamedType(field.type);
    const sets = places.flatMap(({ node: { selectionSet }, conditions }) =>
      selectionSet === undefined ? [] : [{ node: selectionSet, conditions }],
    );
    const planned = new Map<GraphQLObjectType, readonly PlannedField[]>();
    return {
      name,
      isIntrospection: parent.name.startsWith('__'),
      cost: declaredCost(field.extensions) ?? this.#introspectionCost(parent.name, name),
      type: isCompositeType(type) ? type : null,
      conditions: places.map(({ conditions }) => conditions),
      args: argumentReader(first.node.arguments ?? []),
      below: (type) => {
        const known = planned.get(type);
        if (known !== undefined) return known;
        const fields = this.#fields(sets, type);
        planned.set(type, fields);
        return fields;
      },
    };
  }

  #collect(set: Selected<SelectionSetNode>, into: Collection): void {
    for (const node of set.node.selections) {
      this.#places += 1;
      if (this.#places > MAX_PLACES) {
        throw new OperationTooComplexError(`The operation selects fields at more than ${MAX_PLACES} places.`);
      }
      const conditions = (node.directives ?? []).length === 0 ? set.conditions : [...set.conditions, node];
      switch (node.kind) {
        case Kind.FIELD: {
          const name = node.alias?.value ?? node.name.value;
          const places = into.places.get(name);
          if (places === undefined) into.places.set(name, [{ node, conditions }]);
          else places.push({ node, conditions });
          break;
        }
        case Kind.INLINE_FRAGMENT:
          if (this.#applies(node.typeCondition, into.parent))
            this.#collectPart({ node: node.selectionSet, conditions }, isDeferred(node), into);
          break;
        case Kind.FRAGMENT_SPREAD:
          this.#collectFragment(node, conditions, into);
          break;
      }
    }
  }

  /** A fragment that has been spread without any condition need not be looked at again. */
  #collectFragment(node: FragmentSpreadNode, conditions: Conditions, into: Collection): void {
    const name = node.name.value;
    const fragment = this.#fragments.get(name);
    const isApart = isDeferred(node);
    if (fragment === undefined || into.path.includes(name)) return;
    if (!isApart && into.always.has(name)) return;
    if (conditions.length === 0) into.always.add(name);
    if (!this.#applies(fragment.typeCondition, into.parent)) return;
    const path = [...into.path, name];
    this.#collectPart({ node: fragment.selectionSet, conditions }, isApart, { ...into, path });
  }

  #collectPart(set: Selected<SelectionSetNode>, isApart: boolean, into: Collection): void {
    if (isApart) into.apart.push({ sets: [set], path: into.path });
    else this.#collect(set, into);
  }

  #applies(condition: NamedTypeNode | undefined, parent: GraphQLObjectType): boolean {
    const type = condition === undefined ? parent : this.#schema.getType(condition.name.value);
    return type === parent || (isAbstractType(type) && this.#schema.isSubType(type, parent));
  }
}

/** The fields of one type under way. */
interface Collection {
  readonly parent: GraphQLObjectType;
  /** By the name in the answer. */
  readonly places: Map<string, Selected<FieldNode>[]>;
  /** Fragments that have been spread without any condition. */
  readonly always: Set<string>;
  /** Fragments that are around. */
  readonly path: readonly string[];
  /** Takes what is deferred. */
  readonly apart: Apart[];
}

/** What is executed by itself, with the fragments around it. */
interface Apart {
  readonly sets: readonly Selected<SelectionSetNode>[];
  readonly path: readonly string[];
}

/** Whatever its condition says: as one that is not deferred it costs no more. */
function isDeferred({ directives = [] }: SelectionNode): boolean {
  return directives.some(({ name }) => name.value === GraphQLDeferDirective.name);
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Variables {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue === undefined ? [] : [[variable.name.value, valueFromASTUntyped(defaultValue)]],
    ),
  );
}

/** Arguments without a variable are read once. */
function argumentReader(nodes: readonly ArgumentNode[]): PlannedField['args'] {
  const read = (variables: Variables) =>
    Object.fromEntries(nodes.map(({ name, value }) => [name.value, valueFromASTUntyped(value, variables)]));
  if (nodes.some(usesVariable)) return read;
  const values = read({});
  return () => values;
}

function usesVariable(node: ArgumentNode): boolean {
  let uses = false;
  visit(node, { Variable: () => void (uses = true) });
  return uses;
}
