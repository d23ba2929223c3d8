/** The first text that says something; null when all are absent or empty. Maple sends `""` for names never given. */
export function firstText(...texts: readonly (string | null | undefined)[]): string | null {
  for (const text of texts) {
    if (text !== null && text !== undefined && text !== '') return text;
  }
  return null;
}
