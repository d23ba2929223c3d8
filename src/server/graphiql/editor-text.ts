/** What GraphiQL's editor shows of a line in a window of 1280 pixels; it does not wrap. */
export const EDITOR_COLUMNS = 48;

/** A text as comments of GraphQL, in lines that fit. */
export function commentLines(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1);
    if (line === undefined || `# ${line} ${word}`.length > EDITOR_COLUMNS) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines.map((line) => `# ${line}\n`).join('');
}

/** An operation as graphql prints it, with each argument on a line of its own where all of them do not fit on one. */
export function foldedLines(printed: string): string {
  return printed.replaceAll(
    /^( *)(.+?)\((.+)\)(.*)$/gm,
    (line, indent: string, head: string, list: string, tail: string) => {
      if (line.length <= EDITOR_COLUMNS) return line;
      const members = list.split(', ').map((member) => `${indent}  ${member}\n`);
      return `${indent}${head}(\n${members.join('')}${indent})${tail}`;
    },
  );
}
