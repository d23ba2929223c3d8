/** How deep the values of a text may lie in each other: room for a JSONObject of 100 levels in the variables of a body. */
export const MAX_JSON_DEPTH = 128;

/** Whether a tree that JSON.parse has made, which nests without end, is deeper than a text may be. */
export function nestsTooDeeply(tree: unknown, depth = 0): boolean {
  if (typeof tree !== 'object' || tree === null) return false;
  return depth === MAX_JSON_DEPTH || Object.values(tree).some((value) => nestsTooDeeply(value, depth + 1));
}
