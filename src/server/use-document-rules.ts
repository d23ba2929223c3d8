import { validate, type DocumentNode, type GraphQLSchema, type ValidationRule } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** How free documents are validated. */
interface DocumentValidation {
  readonly rules: readonly ValidationRule[];
  /** Whether a message may end in "Did you mean ...?", which tells names of the schema. */
  readonly suggestions: boolean;
}

/** Holds every document that is validated to rules beside those of GraphQL itself. */
export function useDocumentRules({ rules, suggestions }: DocumentValidation): Plugin {
  return {
    onValidate({ addValidationRule, setValidationFn }) {
      for (const rule of rules) addValidationRule(rule);
      if (!suggestions) setValidationFn(validateWithoutSuggestions);
    },
  };
}

function validateWithoutSuggestions(
  schema: GraphQLSchema,
  document: DocumentNode,
  rules?: readonly ValidationRule[],
): readonly Error[] {
  return validate(schema, document, rules, { hideSuggestions: true });
}
