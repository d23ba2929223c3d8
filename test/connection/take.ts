import { START, type Position } from '../../src/connection/position.ts';
import { StreamReader } from '../../src/connection/stream-reader.ts';
import type { ModelList } from './model-list.ts';

/** Takes items; gives their ids and the place after the last of them. */
export async function take<T>(
  reader: StreamReader<T>,
  count: number,
): Promise<{ ids: string[]; last: Position }> {
  const ids: string[] = [];
  let last: Position = START;
  while (ids.length < count) {
    const head = await reader.peek();
    if (head === undefined) break;
    ids.push(head.item.id);
    last = head.position();
    reader.take();
  }
  return { ids, last };
}

/** The place after some items, read in a page of so many. */
export async function placeAfter(items: ModelList, count: number, wanted = count): Promise<Position> {
  return (await take(new StreamReader(items.stream(), START, wanted), count)).last;
}

/** The ids of up to ten items from a position on. */
export async function idsFrom(items: ModelList, position: Position): Promise<string[]> {
  return (await take(new StreamReader(items.stream(), position, 10), 10)).ids;
}
