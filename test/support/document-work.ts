import type { Plugin } from 'graphql-yoga';

/** Counts what a gateway spends on documents. */
export interface DocumentWork {
  readonly plugin: Plugin;
  /** How many documents were parsed, and how many validated, since it was asked last. */
  spent(): { readonly parsed: number; readonly validated: number };
}

/** A counter at zero; it sees every parse and validation of a document that comes by a request. */
export function countDocumentWork(): DocumentWork {
  let parsed = 0;
  let validated = 0;
  return {
    plugin: {
      onParse({ parseFn, setParseFn }) {
        setParseFn((source, options) => {
          parsed += 1;
          const document: unknown = parseFn(source, options);
          return document;
        });
      },
      onValidate({ validateFn, setValidationFn }) {
        setValidationFn((schema, document, rules) => {
          validated += 1;
          const errors: unknown = validateFn(schema, document, rules);
          return errors;
        });
      },
    },
    spent() {
      const since = { parsed, validated };
      parsed = 0;
      validated = 0;
      return since;
    },
  };
}
