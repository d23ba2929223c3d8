import { BREAK, Kind, visit, type DocumentNode } from 'graphql';

/** Fields that look into the lines of invoices; Metronome's one-time charges are parts of them. */
const FIELDS: ReadonlySet<string> = new Set(['lineItems', 'charges']);

const known = new WeakMap<DocumentNode, boolean>();

/**
 * Whether a document may ask for lines of invoices. Where it does not, they need not be kept: they are most of what a page of
 * invoices takes in memory.
 */
export function readsLines(document: DocumentNode): boolean {
  const found = known.get(document) ?? hasFieldOfLines(document);
  known.set(document, found);
  return found;
}

function hasFieldOfLines(document: DocumentNode): boolean {
  let isFound = false;
  visit(document, {
    [Kind.FIELD]({ name }) {
      if (!FIELDS.has(name.value)) return undefined;
      isFound = true;
      return BREAK;
    },
  });
  return isFound;
}
