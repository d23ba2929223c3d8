import { NoSchemaIntrospectionCustomRule, type ValidationRule } from 'graphql';
import { schema } from '../schema.ts';
import { depthRule } from './depth-rule.ts';
import { deferRule } from './incremental-delivery/defer-rule.ts';
import { createOperationPlans } from './operation-limits/operation-plans.ts';
import type { DocumentChecks } from './operation-limits/validate-document.ts';

/** What a document may hold. */
interface DocumentLimits {
  readonly maxDepth: number;
  readonly maxAliases: number;
  readonly maxTokens: number;
  readonly introspection: boolean;
}

/**
 * What a document must keep beside the rules of GraphQL itself. Free documents are held to it when they arrive,
 * persisted ones when their manifest is loaded: a rule belongs here to hold for both.
 */
export function documentChecks({ maxAliases, maxTokens, ...limits }: DocumentLimits): DocumentChecks {
  return { schema, rules: rulesOf(limits), maxAliases, maxTokens, plans: createOperationPlans(schema) };
}

function rulesOf({
  maxDepth,
  introspection,
}: Pick<DocumentLimits, 'maxDepth' | 'introspection'>): readonly ValidationRule[] {
  return [depthRule(maxDepth), deferRule(), ...(introspection ? [] : [NoSchemaIntrospectionCustomRule])];
}
