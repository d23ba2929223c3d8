import { Kind, visit, type DocumentNode, type FieldNode } from 'graphql';

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };
/** The root's type is known, and around a fragment on the spot `__typename` has been asked for already. */
const LEFT_OUT: ReadonlySet<string> = new Set([Kind.OPERATION_DEFINITION, Kind.INLINE_FRAGMENT]);

/**
 * A document transform of graphql-codegen: asks for the type of every object, without which a normalized cache cannot
 * keep it. Clients with such a cache add the same to a document that they send; where they send an id, the document
 * behind the id has to have it.
 */
export const addTypenames = {
  transform<Source extends { document?: DocumentNode }>({ documents }: { documents: Source[] }): Source[] {
    return documents.map((source) =>
      source.document === undefined ? source : { ...source, document: withTypenames(source.document) },
    );
  },
};

function withTypenames(document: DocumentNode): DocumentNode {
  return visit(document, {
    SelectionSet(node, _, parent) {
      const isLeftOut = parent !== undefined && 'kind' in parent && LEFT_OUT.has(parent.kind);
      const hasOne = node.selections.some(
        (selection) => selection.kind === Kind.FIELD && selection.name.value === '__typename',
      );
      return isLeftOut || hasOne ? undefined : { ...node, selections: [TYPENAME, ...node.selections] };
    },
  });
}
