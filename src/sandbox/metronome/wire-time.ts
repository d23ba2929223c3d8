/** `2026-05-01T00:00:00Z`: an instant without milliseconds, as Metronome writes some of its timestamps. */
export function wireSeconds(instant: Date): string {
  return `${instant.toISOString().slice(0, 19)}Z`;
}

/** `2026-05-01T00:00:00.000Z`: an instant with milliseconds, as Metronome writes the others (metronome.md 1.7). */
export function wireMilliseconds(instant: Date): string {
  return instant.toISOString();
}

const RFC_3339 = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}:\d{2})(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;

/** The instant an RFC 3339 text names; undefined when it is none. */
export function parseWireTime(text: string): Date | undefined {
  const parts = RFC_3339.exec(text);
  if (parts === null) return undefined;
  const [, date = '', time = '', , zone = ''] = parts;
  const instant = new Date(text.toUpperCase());
  if (Number.isNaN(instant.getTime())) return undefined;
  // Date moves 31 June to 1 July; such a day does not exist and is refused.
  const sameFields = new Date(`${date}T${time}Z`).toISOString().slice(0, 10) === date;
  return sameFields && zone !== '' ? instant : undefined;
}
