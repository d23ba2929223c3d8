import type { GraphiQLOptions } from 'graphql-yoga';
import type { PersistedOperations } from '../persisted-operations/open-persisted-operations.ts';
import { EXAMPLE_QUERIES } from './example-queries.ts';
import { persistedExamples } from './persisted-examples.ts';

/**
 * The examples' tabs stand in as many rows as they need, instead of being cut off. And they stand still: GraphiQL puts
 * stale offsets on them, which take effect while a tab has the focus, so that it would jump away under the pointer and
 * the click would be lost.
 */
const STYLE = `<style>
.graphiql-session-header { height: auto !important; }
.graphiql-tabs { flex-wrap: wrap; }
.graphiql-tab { transform: none !important; }
.graphiql-logo { white-space: nowrap; }
</style>`;

/** What stands in the pane for headers until somebody puts a key there. */
const KEY_HEADERS = `{
  // The key of a client goes here, in each tab
  // that is to run. Then fetch the schema again:
  // the button with two arrows, on the far left.
  "x-api-key": "YOUR-API-KEY"
}
`;

interface GraphiQLPage {
  readonly operations: PersistedOperations;
  /** Whether requests need a key. */
  readonly needsKey: boolean;
}

/** What GraphiQL opens with: a tab for each example, after one for the query of the address if there is any. */
export function graphiqlOptions({ operations, needsKey }: GraphiQLPage) {
  return async ({ url }: Request): Promise<GraphiQLOptions> => {
    const query = new URL(url).searchParams.get('query');
    const [first, ...others] = EXAMPLE_QUERIES;
    const examples = [first, ...(await persistedExamples(operations)), ...others];
    return {
      title: 'Billing gateway',
      defaultTabs: query === null ? examples : [{ query }, ...examples],
      // The first examples take no variables: an empty pane would only hide a third of them.
      defaultEditorToolsVisibility: needsKey ? 'headers' : false,
      ...(needsKey && { defaultHeaders: KEY_HEADERS }),
      // A key is not to be left behind in the browser's storage.
      shouldPersistHeaders: false,
    };
  };
}

/** The page, which loads nothing from any other host. It is nine megabytes, so it is loaded when somebody opens it. */
export async function renderGraphiQLPage(options: GraphiQLOptions): Promise<string> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  return renderGraphiQL(options).replace('</head>', () => `${STYLE}</head>`);
}
