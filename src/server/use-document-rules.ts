import type { DocumentNode, GraphQLSchema, Source } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { DocumentCaches } from './operation-limits/document-caches.ts';
import { parseDocument } from './operation-limits/parse-document.ts';
import { validateDocument, type DocumentChecks } from './operation-limits/validate-document.ts';

/** How free documents are parsed and validated. */
interface DocumentValidation {
  readonly checks: DocumentChecks;
  readonly documents: Pick<DocumentCaches, 'noteValid'>;
  /** Whether a message may end in "Did you mean ...?", which tells names of the schema. */
  readonly suggestions: boolean;
}

/** Holds every document that is parsed and validated to the limits and rules of the gateway beside those of GraphQL itself. */
export function useDocumentRules({ checks, documents, suggestions }: DocumentValidation): Plugin {
  const { rules, maxTokens, maxAliases } = checks;
  const validateWithin = (schema: GraphQLSchema, document: DocumentNode) =>
    validateDocument(document, { schema, rules, maxAliases }, suggestions);
  const noteValid = ({ documentAST }: { readonly documentAST: DocumentNode }): void =>
    documents.noteValid(documentAST);
  return {
    onParse({ setParseFn }) {
      setParseFn((source: string | Source) =>
        parseDocument(typeof source === 'string' ? source : source.body, maxTokens),
      );
    },
    onValidate({ params, setValidationFn }) {
      setValidationFn(validateWithin);
      return ({ valid }) => {
        if (valid) noteValid(params);
      };
    },
  };
}
