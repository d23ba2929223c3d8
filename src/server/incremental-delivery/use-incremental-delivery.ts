import { GraphQLDeferDirective, visit, type DocumentNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { GatewayContext } from '../gateway-context.ts';

/** Types of answers that come in parts. */
const STREAMS: ReadonlySet<string> = new Set(['multipart/mixed', 'text/event-stream']);

/**
 * Sends in parts only to clients that say they take it: for any other, what is deferred is in the one answer (GraphQL,
 * section 'Defer': a server may ignore it). The executor itself would answer them with 406, after all the work.
 *
 * The executor and graphql's own rules know `@defer`, so it only has to be declared in the schema.
 * `@graphql-yoga/plugin-defer-stream` does that too, and replaces those rules by copies for an older graphql.
 */
export function useIncrementalDelivery(wholeDocument: WholeDocument): Plugin<GatewayContext> {
  return {
    onExecute({ args }) {
      if (takesParts(args.contextValue.request.headers)) return;
      args.document = wholeDocument(args);
    },
  };
}

/** The same document without anything deferred. */
export type WholeDocument = (of: { readonly document: DocumentNode }) => DocumentNode;

/** Makes each of them once. */
export function createWholeDocuments(): WholeDocument {
  const undeferred = new WeakMap<DocumentNode, DocumentNode>();
  return ({ document }) => {
    const whole = undeferred.get(document) ?? withoutDefer(document);
    undeferred.set(document, whole);
    return whole;
  };
}

function takesParts(headers: Headers): boolean {
  const accept = headers.get('accept') ?? '';
  return accept.split(',').some((type) => STREAMS.has((type.split(';', 1)[0] ?? '').trim().toLowerCase()));
}

/** The same document where there is nothing deferred in it. */
function withoutDefer(document: DocumentNode): DocumentNode {
  return visit(document, {
    Directive: ({ name }) => (name.value === GraphQLDeferDirective.name ? null : undefined),
  });
}
