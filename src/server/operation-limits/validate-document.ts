import {
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  type ValidationRule,
} from 'graphql';
import type { OperationPlans } from './operation-plans.ts';
import { shapeFault, type ShapeLimits } from './document-shape.ts';

/** What documents have to keep: persisted ones when they are loaded, free ones when they arrive. */
export interface DocumentChecks extends ShapeLimits {
  readonly schema: GraphQLSchema;
  /** Beside those of GraphQL itself. */
  readonly rules: readonly ValidationRule[];
  readonly maxTokens: number;
  /** What is put together of documents once. */
  readonly plans: OperationPlans;
}

/** Everything that is wrong with a document; one fault alone where it is too much to be validated. */
export function validateDocument(
  document: DocumentNode,
  { schema, rules, maxAliases }: Omit<DocumentChecks, 'maxTokens' | 'plans'>,
  suggestions = true,
): readonly GraphQLError[] {
  const fault = shapeFault(document, { maxAliases });
  if (fault !== null) return [fault];
  return validate(schema, document, [...specifiedRules, ...rules], { hideSuggestions: !suggestions });
}
