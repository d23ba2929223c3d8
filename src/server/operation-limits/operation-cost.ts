import { isAbstractType, isObjectType, type GraphQLCompositeType, type GraphQLObjectType } from 'graphql';
import {
  CALL_KINDS,
  MOST_CALLS,
  one,
  type CallCounts,
  type CostQuestion,
  type CostScope,
  type GivenObjects,
} from '../../domain/operation-cost/field-cost.ts';
import { OperationTooComplexError } from '../../errors/gateway-error.ts';
import { booleanVariables, selectionCondition } from '../http-caching/selection-condition.ts';
import type { OperationPlan, PlannedField, Variables } from './operation-plan.ts';

/** What an operation costs at most, with its variables. */
export interface OperationCost {
  /** Objects with a global id, and items of pages. */
  readonly nodes: number;
  /** Requests to the upstreams. */
  readonly upstreamCalls: number;
  /** Values of fields, lists inside of objects counted once. */
  readonly values: number;
  /** Those of introspection, which comes out all at a stretch. */
  readonly introspectionValues: number;
}

/** The cost of what is selected of one object. */
interface Totals {
  nodes: number;
  values: number;
  introspectionValues: number;
  /** In the order of CALL_KINDS. */
  readonly calls: number[];
}

const OWN = CALL_KINDS.indexOf('own');
/** More fields than that are not weighed: what comes to as many is not let through. */
const MAX_STEPS = 10_000;

/**
 * The upper bound on what an operation costs, by what its fields declare (src/domain/operation-cost): each list is as long
 * as it can be, each object as costly as the costliest that may stand there. What reads share is put together at the end.
 *
 * @param given the variables of the request
 * @throws OperationTooComplexError for an operation that is too large to be weighed
 */
export function operationCost(plan: OperationPlan, given: Variables): OperationCost {
  if ((plan.operation.variableDefinitions ?? []).length > 0) return weighed(plan, given);
  const known = fixedCosts.get(plan) ?? weighed(plan, given);
  fixedCosts.set(plan, known);
  return known;
}

/** Of operations without variables, which cost the same each time, for as long as their document is kept. */
const fixedCosts = new WeakMap<OperationPlan, OperationCost>();

function weighed(plan: OperationPlan, given: Variables): OperationCost {
  const { nodes, values, introspectionValues, calls } = new Weighing(plan, given).object(plan.root, {});
  return {
    nodes,
    values: Math.ceil(values),
    introspectionValues: Math.ceil(introspectionValues),
    upstreamCalls: callsIn(calls),
  };
}

function callsIn(calls: readonly number[]): number {
  return CALL_KINDS.reduce(
    (sum, kind, index) => sum + Math.min(calls[index] ?? 0, MOST_CALLS[kind] ?? Number.POSITIVE_INFINITY),
    0,
  );
}

class Weighing {
  readonly #plan: OperationPlan;
  readonly #variables: Variables;
  readonly #booleans: ReturnType<typeof booleanVariables>;
  #steps = 0;

  constructor(plan: OperationPlan, given: Variables) {
    this.#plan = plan;
    this.#variables = { ...plan.defaults, ...given };
    this.#booleans = booleanVariables(plan.operation, given);
  }

  /** What is selected of one object of a known type. */
  object(fields: readonly PlannedField[], scope: CostScope): Totals {
    const totals = noTotals();
    let shared: number[] | null = null;
    for (const field of fields) {
      if (!this.#isSelected(field)) continue;
      this.#steps += 1;
      if (this.#steps > MAX_STEPS)
        throw new OperationTooComplexError('The operation is too large to be weighed.');
      totals.values += 1;
      if (field.isIntrospection) totals.introspectionValues += 1;
      if (field.cost === null && field.type === null) continue;
      const { calls, gives = one(scope) } = field.cost?.rule(this.#question(field, scope)) ?? {};
      if (calls !== undefined) {
        shared ??= noCalls();
        addOwn(totals.calls, shared, calls);
      }
      for (const given of gives) this.#addGiven(totals, field, given);
    }
    if (shared !== null) addTo(totals.calls, shared);
    return totals;
  }

  #addGiven(totals: Totals, field: PlannedField, { count, scopes, most = {} }: GivenObjects): void {
    const { type, cost } = field;
    if (type === null || count === 0) return;
    const worst = this.#worstOf(field, type, scopes);
    totals.nodes += count * (worst.nodes + (cost?.counted === true ? 1 : 0));
    totals.values += count * worst.values;
    totals.introspectionValues += count * worst.introspectionValues;
    for (let index = 0; index < CALL_KINDS.length; index += 1) {
      const calls = worst.calls[index] ?? 0;
      if (calls === 0) continue;
      const times = Math.min(count, countOf(most, index) ?? Number.POSITIVE_INFINITY);
      totals.calls[index] = (totals.calls[index] ?? 0) + times * calls;
    }
  }

  /** By each of its parts, of objects that may stand in one place. */
  #worstOf(field: PlannedField, type: GraphQLCompositeType, scopes: readonly CostScope[]): Totals {
    let worst: Totals | null = null;
    for (const scope of scopes) {
      for (const each of this.#typesOf(type, scope)) {
        const totals = this.object(field.below(each), scope);
        worst = worst === null ? totals : worseOf(worst, totals);
      }
    }
    return worst ?? noTotals();
  }

  #typesOf(type: GraphQLCompositeType, scope: CostScope): readonly GraphQLObjectType[] {
    if (isObjectType(type)) return [type];
    const known = scope.type === undefined ? undefined : this.#plan.schema.getType(scope.type);
    if (isObjectType(known)) return [known];
    return isAbstractType(type) ? this.#plan.schema.getPossibleTypes(type) : [];
  }

  #isSelected({ conditions }: PlannedField): boolean {
    return conditions.some((around) =>
      around.every((selection) => selectionCondition(selection, this.#booleans) !== 'out'),
    );
  }

  #question(field: PlannedField, scope: CostScope): CostQuestion {
    return {
      args: field.args(this.#variables),
      scope,
      selected: (...path) => {
        let fields = this.#below(field);
        for (const step of path)
          fields = fields.filter(({ name }) => name === step).flatMap((each) => this.#below(each));
        return new Set(fields.map(({ name }) => name));
      },
    };
  }

  #below(field: PlannedField): readonly PlannedField[] {
    const types = field.type === null ? [] : this.#typesOf(field.type, {});
    return types.flatMap((type) => field.below(type)).filter((each) => this.#isSelected(each));
  }
}

function noTotals(): Totals {
  return { nodes: 0, values: 0, introspectionValues: 0, calls: noCalls() };
}

function noCalls(): number[] {
  return NO_CALLS.slice();
}

const NO_CALLS: readonly number[] = CALL_KINDS.map(() => 0);

/** Fields of one object share what they read, but for what is a read of their own. */
function addOwn(calls: number[], shared: number[], counts: CallCounts): void {
  for (let index = 0; index < CALL_KINDS.length; index += 1) {
    const count = countOf(counts, index) ?? 0;
    if (index === OWN) calls[index] = (calls[index] ?? 0) + count;
    else shared[index] = Math.max(shared[index] ?? 0, count);
  }
}

function addTo(calls: number[], others: readonly number[]): void {
  for (let index = 0; index < others.length; index += 1)
    calls[index] = (calls[index] ?? 0) + (others[index] ?? 0);
}

/** Of the kind with this index. */
function countOf(counts: CallCounts, index: number): number | undefined {
  const kind = CALL_KINDS[index];
  return kind === undefined ? undefined : counts[kind];
}

function worseOf(a: Totals, b: Totals): Totals {
  return {
    nodes: Math.max(a.nodes, b.nodes),
    values: Math.max(a.values, b.values),
    introspectionValues: Math.max(a.introspectionValues, b.introspectionValues),
    calls: a.calls.map((count, index) => Math.max(count, b.calls[index] ?? 0)),
  };
}
