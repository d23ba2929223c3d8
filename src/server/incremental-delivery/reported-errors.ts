import type { GraphQLError } from 'graphql';
import type { Increment, ResultPart } from './result-parts.ts';

type Path = readonly (string | number)[];

/**
 * Gives each error that was reported beside data to the part that holds its field, once.
 *
 * @param reported grows while the answer is made; an error is in it before the part that it belongs to comes
 */
export function createReportedErrors(reported: readonly GraphQLError[]): (part: ResultPart) => ResultPart {
  const given = new Set<GraphQLError>();
  function take(belongs: (path: Path) => boolean): GraphQLError[] {
    const taken = reported.filter((error) => !given.has(error) && belongs(error.path ?? []));
    for (const error of taken) given.add(error);
    return taken;
  }
  return (part) => {
    if (part.incremental === undefined)
      return withErrors(
        part,
        take((path) => isHeld(part.data, path)),
      );
    const incremental = part.incremental.map((increment) =>
      withErrors(
        increment,
        take((path) => isOf(increment, path)),
      ),
    );
    return { ...part, incremental };
  };
}

/** The same where there is nothing to add. */
export function withErrors<T extends { readonly errors?: readonly GraphQLError[] }>(
  result: T,
  added: readonly GraphQLError[],
): T {
  return added.length === 0 ? result : { ...result, errors: [...(result.errors ?? []), ...added] };
}

/** Whatever lies below a deferred fragment that failed as a whole came to nothing with it. */
function isOf({ path: place = [], data }: Increment, path: Path): boolean {
  if (place.some((key, index) => path[index] !== key)) return false;
  return data === null || isHeld(data, path.slice(place.length));
}

/** Whether data has a member at a path. */
function isHeld(data: unknown, path: Path): boolean {
  let value = data;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return false;
    value = Object.entries(value).find(([name]) => name === String(key))?.[1];
  }
  return true;
}
