import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { createIntrospectionCosts } from './introspection-cost.ts';
import { OperationPlanner, type OperationPlan } from './operation-plan.ts';

/** The plans of operations, each made once for as long as its document is kept. */
export interface OperationPlans {
  /** @throws OperationTooComplexError for an operation that is too large to be weighed */
  planOf(document: DocumentNode, operation: OperationDefinitionNode): OperationPlan;
}

/** No plans yet. */
export function createOperationPlans(schema: GraphQLSchema): OperationPlans {
  const introspectionCosts = createIntrospectionCosts(schema);
  const plans = new WeakMap<OperationDefinitionNode, OperationPlan>();
  return {
    planOf(document, operation) {
      const known = plans.get(operation);
      if (known !== undefined) return known;
      const plan = new OperationPlanner(schema, document, introspectionCosts).plan(operation);
      plans.set(operation, plan);
      return plan;
    },
  };
}
