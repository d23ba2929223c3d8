import {
  getOperationAST,
  getVariableValues,
  GraphQLDeferDirective,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  GraphQLStreamDirective,
  Kind,
  OperationTypeNode,
  visit,
  type DirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';
import { compileQuery, type ExecuteQuery, type QueryExecution, type QueryResult } from './compile-query.ts';
import { variablesNeverNull } from './never-null.ts';

/** What is to be executed: an operation of a document that has been validated. */
export interface RequestedExecution {
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  /** As the request gives them. */
  readonly variableValues?: Readonly<Record<string, unknown>> | null | undefined;
  readonly rootValue?: unknown;
  readonly contextValue?: unknown;
  /** Aborts when nobody waits for the answer any more, which then may fail as a whole. */
  readonly abandoned?: AbortSignal;
}

/** What is known of a document. */
interface KnownDocument {
  /** Whether its answer may come in parts. */
  readonly isInParts: boolean;
  /** What `@skip` and `@include` hang on. */
  readonly conditionVariables: readonly string[];
  readonly operations: Map<OperationDefinitionNode, Map<string, ExecuteQuery>>;
  /** Looked for when a variable is null or left out. */
  neverNull?: ReadonlySet<string>;
}

/** Each variable of `@skip` and `@include` may double them; further ones are put together each time. */
const MAX_VARIANTS = 16;

/** Executes queries, and puts each together only once. Documents are known by identity, for as long as they are kept. */
export class QueryExecutor {
  readonly #schema: GraphQLSchema;
  readonly #documents = new WeakMap<DocumentNode, KnownDocument>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /**
   * Null, with nothing done, for what is no query, for what comes in parts, and for variables that do not fit: their
   * type, or the places at which they stand.
   */
  execute(requested: RequestedExecution): QueryResult | Promise<QueryResult> | null {
    const { document, operationName, variableValues: given, rootValue, contextValue, abandoned } = requested;
    const operation = getOperationAST(document, operationName);
    const known = this.#known(document);
    if (operation?.operation !== OperationTypeNode.QUERY || known.isInParts) return null;
    const { variableValues } = getVariableValues(
      this.#schema,
      operation.variableDefinitions ?? [],
      given ?? {},
    );
    if (variableValues === undefined || this.#isNullMisplaced(document, known, operation, variableValues))
      return null;
    const query = this.#query(document, known, operation, variableValues);
    return query({ rootValue, context: contextValue, variableValues, abandoned });
  }

  #isNullMisplaced(
    document: DocumentNode,
    known: KnownDocument,
    { variableDefinitions = [] }: OperationDefinitionNode,
    { coerced }: QueryExecution['variableValues'],
  ): boolean {
    return variableDefinitions.some(({ variable: { name } }) => {
      if ((coerced[name.value] ?? null) !== null) return false;
      known.neverNull ??= variablesNeverNull(this.#schema, document);
      return known.neverNull.has(name.value);
    });
  }

  #known(document: DocumentNode): KnownDocument {
    const known = this.#documents.get(document) ?? inspect(document);
    this.#documents.set(document, known);
    return known;
  }

  #query(
    document: DocumentNode,
    known: KnownDocument,
    operation: OperationDefinitionNode,
    variableValues: QueryExecution['variableValues'],
  ): ExecuteQuery {
    const variants = known.operations.get(operation) ?? new Map<string, ExecuteQuery>();
    known.operations.set(operation, variants);
    const isTrue = known.conditionVariables.map((name) => variableValues.coerced[name] === true);
    const key = isTrue.join();
    const compiled =
      variants.get(key) ??
      compileQuery(this.#schema, document, operation, {
        isIncluded: inclusion(new Set(known.conditionVariables.filter((_, index) => isTrue[index]))),
      });
    if (variants.size < MAX_VARIANTS) variants.set(key, compiled);
    return compiled;
  }
}

function inspect(document: DocumentNode): KnownDocument {
  const conditionVariables = new Set<string>();
  let isInParts = false;
  visit(document, {
    [Kind.DIRECTIVE]({ name: { value: name }, arguments: given = [] }: DirectiveNode) {
      if (name === GraphQLDeferDirective.name || name === GraphQLStreamDirective.name) isInParts = true;
      if (name !== GraphQLSkipDirective.name && name !== GraphQLIncludeDirective.name) return;
      for (const { value } of given)
        if (value.kind === Kind.VARIABLE) conditionVariables.add(value.name.value);
    },
  });
  return { isInParts, conditionVariables: [...conditionVariables], operations: new Map() };
}

/** @param areTrue variables; all others are false */
function inclusion(areTrue: ReadonlySet<string>): (selection: SelectionNode) => boolean {
  function isTrue({ arguments: given = [] }: DirectiveNode): boolean {
    const value = given.find(({ name }) => name.value === 'if')?.value;
    if (value?.kind === Kind.VARIABLE) return areTrue.has(value.name.value);
    return value?.kind === Kind.BOOLEAN && value.value;
  }
  return ({ directives = [] }) =>
    directives.every((directive) => {
      switch (directive.name.value) {
        case GraphQLSkipDirective.name:
          return !isTrue(directive);
        case GraphQLIncludeDirective.name:
          return isTrue(directive);
        default:
          return true;
      }
    });
}
