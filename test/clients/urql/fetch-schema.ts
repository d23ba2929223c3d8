import { minifyIntrospectionQuery } from '@urql/introspection';
import { getIntrospectionQuery, type IntrospectionQuery } from 'graphql';

/** The schema as urql's graphcache takes it, of a gateway whose introspection is on: for an app's build. */
export async function fetchSchema(url: string): Promise<ReturnType<typeof minifyIntrospectionQuery>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: getIntrospectionQuery() }),
  });
  const answer: unknown = await response.json();
  if (!isIntrospection(answer)) throw new TypeError('the gateway does not show its schema');
  return minifyIntrospectionQuery(answer.data);
}

function isIntrospection(answer: unknown): answer is { readonly data: IntrospectionQuery } {
  return typeof answer === 'object' && answer !== null && 'data' in answer;
}
