import DataLoader from 'dataloader';

/**
 * A loader for an upstream that answers one key a call: it batches nothing, but sends each distinct read once per
 * GraphQL request and lets everyone who asks wait for the same answer, failures included.
 *
 * @param keyOf what makes two reads the same
 */
export function createReadLoader<K, V>(
  name: string,
  read: (key: K) => Promise<V>,
  keyOf: (key: K) => string,
): DataLoader<K, V, string> {
  return new DataLoader<K, V, string>((keys) => Promise.all(keys.map((key) => settled(read, key))), {
    name,
    batch: false,
    cacheKeyFn: keyOf,
  });
}

async function settled<K, V>(read: (key: K) => Promise<V>, key: K): Promise<V | Error> {
  try {
    return await read(key);
  } catch (error) {
    return error instanceof Error ? error : new Error('a read failed with something that is not an error');
  }
}
