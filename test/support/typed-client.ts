import type { TypedDocumentString } from '../generated/graphql.ts';

/**
 * Posts a generated operation and gives its data, typed as graphql-codegen has typed it: what a frontend does.
 *
 * @throws Error when the answer has errors or no data
 */
export async function execute<Result, Variables>(
  url: string,
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: document.toString(), variables }),
  });
  const answer: unknown = await response.json();
  if (!isAnswerTo(document, answer)) throw new Error(`no clean answer: ${JSON.stringify(answer)}`);
  return answer.data;
}

/** The server has checked the operation against the schema that its types were generated from, so data is enough. */
function isAnswerTo<Result, Variables>(
  _: TypedDocumentString<Result, Variables>,
  answer: unknown,
): answer is { readonly data: Result } {
  return typeof answer === 'object' && answer !== null && 'data' in answer && !('errors' in answer);
}
