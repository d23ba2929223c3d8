import type { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { isInParts, type ResultPart } from './result-parts.ts';

/** Masks the errors of what was deferred; the server itself masks those of the first part alone. */
export function useMaskedIncrements(maskError: (error: unknown) => GraphQLError): Plugin {
  return {
    onExecute: () => ({
      onExecuteDone({ result }) {
        if (!isInParts(result)) return;
        return {
          onNext({ result, setResult }) {
            setResult(masked(result));
          },
        };
      },
    }),
  };

  function masked(part: ResultPart): ResultPart {
    if (part.incremental === undefined) return part;
    const incremental = part.incremental.map((increment) => ({
      ...increment,
      ...(increment.errors !== undefined && { errors: increment.errors.map(maskError) }),
    }));
    return { ...part, incremental };
  }
}
