/** How deep the values of a text may lie in each other: far deeper than any that is meant to be read. */
export const MAX_JSON_DEPTH = 100;

/** Whether a tree that JSON.parse has made, which nests without end, is deeper than a text may be. */
export function nestsTooDeeply(tree: unknown, depth = 0): boolean {
  if (typeof tree !== 'object' || tree === null) return false;
  return depth === MAX_JSON_DEPTH || Object.values(tree).some((value) => nestsTooDeeply(value, depth + 1));
}
