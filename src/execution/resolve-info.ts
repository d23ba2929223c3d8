import type { FieldNode, GraphQLField, GraphQLObjectType, GraphQLResolveInfo } from 'graphql';
import type { Execution, Path } from './execution.ts';

/** A field, in what it is wherever it is resolved. */
export interface ResolvedField {
  readonly definition: GraphQLField<unknown, unknown>;
  readonly nodes: readonly FieldNode[];
  readonly parent: GraphQLObjectType;
}

/** What a resolver is told of its place. One is made for every field of every object, so it only points to what it tells. */
export class ResolveInfo implements GraphQLResolveInfo {
  readonly path: Path;
  readonly #execution: Execution;
  readonly #field: ResolvedField;

  constructor(execution: Execution, field: ResolvedField, path: Path) {
    this.path = path;
    this.#execution = execution;
    this.#field = field;
  }

  get fieldName(): string {
    return this.#field.definition.name;
  }

  get fieldNodes(): readonly FieldNode[] {
    return this.#field.nodes;
  }

  get returnType(): GraphQLResolveInfo['returnType'] {
    return this.#field.definition.type;
  }

  get parentType(): GraphQLObjectType {
    return this.#field.parent;
  }

  get schema(): GraphQLResolveInfo['schema'] {
    return this.#execution.schema;
  }

  get fragments(): GraphQLResolveInfo['fragments'] {
    return this.#execution.fragments;
  }

  get rootValue(): unknown {
    return this.#execution.rootValue;
  }

  get operation(): GraphQLResolveInfo['operation'] {
    return this.#execution.operation;
  }

  get variableValues(): GraphQLResolveInfo['variableValues'] {
    return this.#execution.variableValues;
  }

  /** None: what ends a request early is in its context. */
  getAbortSignal(): undefined {
    return undefined;
  }

  getAsyncHelpers(): ReturnType<GraphQLResolveInfo['getAsyncHelpers']> {
    return { promiseAll: (values) => Promise.all(values), track: () => undefined };
  }
}
