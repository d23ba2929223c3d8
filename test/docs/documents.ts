import { readdirSync } from 'node:fs';

/** The Markdown files that people read, by their paths from the top of the repository. */
export function documents(): string[] {
  const top = readdirSync('.').filter((name) => name.endsWith('.md'));
  const below = readdirSync('docs').filter((name) => name.endsWith('.md'));
  return [...top, ...below.map((name) => `docs/${name}`)].toSorted((a, b) => a.localeCompare(b));
}
