import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { ErrorCode } from '../errors/error-code.ts';

/** What the server itself calls it, which contract.md section 'Errors' does not list. */
const VALIDATION_FAILED = 'GRAPHQL_VALIDATION_FAILED';

/** Gives an operation that does not fit the schema the code of all bad input. */
export function useInputErrorCodes(): Plugin {
  const code: ErrorCode = 'BAD_USER_INPUT';
  return {
    onValidate: () => (event) => {
      if (event.valid) return;
      for (const error of event.result) {
        if (!(error instanceof GraphQLError)) continue;
        const { code: given } = error.extensions;
        if (given === undefined || given === VALIDATION_FAILED) error.extensions['code'] = code;
      }
    },
  };
}
