import { parse } from 'graphql';
import type { TypedDocumentNode } from '@apollo/client/core';
import type { TypedDocumentString } from '../generated/graphql.ts';

/**
 * A generated document as a syntax tree, which Apollo Client and urql take, with its types. An app that lets
 * graphql-codegen write syntax trees (`documentMode: 'documentNode'`, its default) has no need of it.
 */
export function typedDocument<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
): TypedDocumentNode<Result, Variables> {
  return parse(document.toString());
}
