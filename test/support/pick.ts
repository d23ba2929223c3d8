/** One step into a JSON value: a member's name, or a place in a list. */
export type Step = string | number;

/**
 * What stands at a place in a JSON value; null where it is null.
 *
 * @throws Error that names the place where there is nothing
 */
export function pick(value: unknown, ...path: readonly Step[]): unknown {
  let found = value;
  for (const [depth, step] of path.entries()) {
    found = isObject(found) ? found[String(step)] : undefined;
    if (found === undefined) throw new Error(`nothing at ${path.slice(0, depth + 1).join('.')}`);
  }
  return found;
}

/** The list at a place; throws when there is none. */
export function pickList(value: unknown, ...path: readonly Step[]): readonly unknown[] {
  const found = pick(value, ...path);
  if (!Array.isArray(found)) throw new Error(`no list at ${path.join('.')}`);
  return found;
}

/** The text at a place; throws when there is none. */
export function pickText(value: unknown, ...path: readonly Step[]): string {
  const found = pick(value, ...path);
  if (typeof found !== 'string') throw new Error(`no text at ${path.join('.')}`);
  return found;
}

/** The object at a place; throws when there is none. */
export function pickObject(value: unknown, ...path: readonly Step[]): Readonly<Record<string, unknown>> {
  const found = pick(value, ...path);
  if (!isObject(found)) throw new Error(`no object at ${path.join('.')}`);
  return found;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
