import type { GraphQLAnswer } from './test-gateway.ts';

/** Posts an operation to a gateway as JSON, and gives the whole answer. */
export async function postOperation(
  url: string,
  query: string,
  variables: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<GraphQLAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const body: unknown = await response.json();
  if (!isAnswer(body)) throw new TypeError('the gateway answered with something that is not an object');
  return body;
}

function isAnswer(body: unknown): body is GraphQLAnswer {
  return typeof body === 'object' && body !== null;
}
