import { START } from './position.ts';
import { StreamReader } from './stream-reader.ts';
import { MAX_PAGE_LIMIT, type Stream, type StreamItem } from './stream.ts';

/**
 * Everything that a stream holds, in its order.
 *
 * @throws UpstreamError when any part of it cannot be read
 */
export async function readAll<T>(stream: Stream<T>): Promise<T[]> {
  const reader = new StreamReader(stream, START, MAX_PAGE_LIMIT);
  const items: StreamItem<T>[] = [];
  for (let head = await reader.peek(); head !== undefined; head = await reader.peek()) {
    items.push(head.item);
    reader.take();
  }
  return Promise.all(items.map((item) => item.read()));
}
