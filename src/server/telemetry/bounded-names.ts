/** How many names there may be, and what stands for all others. */
const MAX_NAMES = 200;
const OTHER = 'other';

/** Lets the first names through as they are, so that a label cannot take any number of values. */
export function createBoundedNames(max = MAX_NAMES): (name: string) => string {
  const names = new Set<string>();
  return (name) => {
    if (names.has(name)) return name;
    if (names.size >= max) return OTHER;
    names.add(name);
    return name;
  };
}
