/** A fenced block of a Markdown file. */
export interface MarkdownBlock {
  /** What follows the opening fence: `graphql`, `json`, `graphql maple-down`. */
  readonly info: string;
  readonly text: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
}

/** The fenced blocks of a Markdown text, in order. */
export function markdownBlocks(markdown: string): MarkdownBlock[] {
  return [...markdown.matchAll(/^```([^\n]*)\n([^]*?)^```$/gm)].map((match) => {
    const [, info = '', text = ''] = match;
    return { info, text, line: markdown.slice(0, match.index).split('\n').length };
  });
}

function withoutBlocks(markdown: string): string {
  return markdown.replaceAll(/^```[^\n]*\n[^]*?^```$/gm, '');
}

/** Where the links and images of a Markdown text lead, in order; those inside fenced blocks do not count. */
export function markdownLinks(markdown: string): string[] {
  return [...withoutBlocks(markdown).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
}

/** The GitHub anchors of a Markdown text's headings. */
export function markdownAnchors(markdown: string): string[] {
  return [...withoutBlocks(markdown).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
