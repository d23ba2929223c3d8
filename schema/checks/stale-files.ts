/**
 * Which generated files are not what their sources now give.
 *
 * @param generated text by path, as generated now.
 * @param committed text by path, as found; paths that nothing generates any more are stale too.
 * @returns a line for each stale file.
 */
export function staleFiles(
  generated: ReadonlyMap<string, string>,
  committed: ReadonlyMap<string, string>,
): readonly string[] {
  const paths = [...new Set([...generated.keys(), ...committed.keys()])].toSorted();
  return paths.flatMap((path) => {
    const now = generated.get(path);
    const found = committed.get(path);
    if (now === found) return [];
    if (found === undefined) return [`${path}: missing`];
    return [now === undefined ? `${path}: no longer generated` : `${path}: ${firstDifference(now, found)}`];
  });
}

function firstDifference(now: string, found: string): string {
  const nowLines = now.split('\n');
  const foundLines = found.split('\n');
  const index = nowLines.findIndex((line, number) => line !== foundLines[number]);
  return `stale from line ${(index === -1 ? nowLines.length : index) + 1} on`;
}
