import type { GraphiQLOptions } from 'graphql-yoga';
import { EXAMPLE_QUERIES } from './example-queries.ts';

/**
 * GraphiQL puts stale offsets on its tabs, which take effect while a tab has the focus: it would jump away under the
 * pointer and the click would be lost.
 */
const STILL_TABS = '<style>.graphiql-tab { transform: none !important; }</style>';

/** What GraphiQL opens with: a tab for each example query, after one for the query of the address if there is any. */
export function graphiqlOptions({ url }: Request): GraphiQLOptions {
  const query = new URL(url).searchParams.get('query');
  return {
    title: 'Billing gateway',
    defaultTabs: query === null ? [...EXAMPLE_QUERIES] : [{ query }, ...EXAMPLE_QUERIES],
    // Most examples take no variables: an empty pane would only hide a third of each.
    defaultEditorToolsVisibility: false,
  };
}

/** The page, which loads nothing from any other host. It is nine megabytes, so it is loaded when somebody opens it. */
export async function renderGraphiQLPage(options: GraphiQLOptions): Promise<string> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  return renderGraphiQL(options).replace('</head>', () => `${STILL_TABS}</head>`);
}
