import { hash } from 'node:crypto';

/** A place between two items of a stream. */
export type Position = StartPosition | AfterPosition | EndPosition;

/** Before the first item. */
export interface StartPosition {
  readonly kind: 'start';
}

/** After the last item, where the upstream has said that there is none. */
export interface EndPosition {
  readonly kind: 'end';
}

/** After one item, the anchor, with all that finding it again needs. */
export interface AfterPosition {
  readonly kind: 'after';
  /** Token that the anchor's page was read with; null for the first page. */
  readonly token: string | null;
  /** Page size that the anchor's page was read with. */
  readonly limit: number;
  /** Index of the anchor in its page. */
  readonly place: number;
  /** Fingerprint of the anchor. */
  readonly anchor: string;
  /** Fingerprints of up to four items before it in its page, nearest first: they hold the place if it goes away. */
  readonly before: readonly string[];
  /** Fingerprints of up to four items after it, nearest first, as far as they were read: they hold the place as well. */
  readonly after: readonly string[];
}

/** Before the first item. */
export const START: StartPosition = { kind: 'start' };
/** After the last item. */
export const END: EndPosition = { kind: 'end' };

/** How many items on either side of the anchor a position remembers. */
export const REMEMBERED = 4;

/** Short and one-way: enough to tell the items of a few pages apart, and no item's id shows in a cursor. */
export function fingerprint(id: string): string {
  return hash('sha1', id, 'base64url').slice(0, 8);
}
