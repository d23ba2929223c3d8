import { NoSchemaIntrospectionCustomRule, type ValidationRule } from 'graphql';
import { depthRule } from './depth-rule.ts';

/** What the rules depend on. */
interface DocumentLimits {
  readonly maxDepth: number;
  readonly introspection: boolean;
}

/**
 * The rules of this gateway that a document must keep beside those of GraphQL itself. Free documents are held to them
 * when they arrive, persisted ones when their manifest is loaded: a rule belongs here to hold for both.
 */
export function documentRules({ maxDepth, introspection }: DocumentLimits): readonly ValidationRule[] {
  return [depthRule(maxDepth), ...(introspection ? [] : [NoSchemaIntrospectionCustomRule])];
}
