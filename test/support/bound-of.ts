import { getOperationAST, parse } from 'graphql';
import { schema } from '../../src/schema.ts';
import { operationCost, type OperationCost } from '../../src/server/operation-limits/operation-cost.ts';
import { createOperationPlans } from '../../src/server/operation-limits/operation-plans.ts';

const plans = createOperationPlans(schema);

/** What the operation of a document costs at most, told before it is executed; throws where there is not just one. */
export function boundOf(query: string, variables: Readonly<Record<string, unknown>> = {}): OperationCost {
  const document = parse(query);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('the document has not just one operation');
  return operationCost(plans.planOf(document, operation), variables);
}
