import type { StreamAtHand, StreamItem } from '../../connection/stream.ts';
import type { Provider } from '../../provider.ts';
import type { InvoiceLineItem } from './invoice-line-item.ts';

/**
 * The lines of one invoice as a stream of a single page. Lines have no id of their own: what tells them apart is what
 * they are for, and how many alike stand before them, so a recalculated amount does not move a cursor.
 */
export function lineItemStream(
  provider: Provider,
  lines: readonly InvoiceLineItem[],
): StreamAtHand<InvoiceLineItem> {
  const items = (): StreamItem<InvoiceLineItem>[] => lineItems(lines);
  return {
    key: provider,
    provider,
    atHand: { nodes: lines, items },
    readPage: () => Promise.resolve({ items: items(), nextToken: null }),
  };
}

function lineItems(lines: readonly InvoiceLineItem[]): StreamItem<InvoiceLineItem>[] {
  const alike = new Map<string, number>();
  return lines.map((line) => {
    const { name, lineType, startsAt, endsAt, groupKey, groupValue, product } = line;
    const subject = JSON.stringify([
      name,
      lineType,
      startsAt,
      endsAt,
      groupKey,
      groupValue,
      product?.providerId ?? null,
    ]);
    const count = alike.get(subject) ?? 0;
    alike.set(subject, count + 1);
    return { id: `${subject} ${count}`, date: null, read: () => line };
  });
}
