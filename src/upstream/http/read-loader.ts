/** Reads of one kind within one GraphQL request. */
export interface ReadLoader<K, V> {
  load(key: K): Promise<V>;
  /** Takes what is known already, unless the read has been sent. */
  prime(key: K, value: V): void;
}

/**
 * A loader for an upstream that answers one key a call: it batches nothing, but sends each distinct read once per
 * GraphQL request and lets everyone who asks wait for the same answer, failures included.
 *
 * @param keyOf what makes two reads the same
 */
export function createReadLoader<K, V>(
  read: (key: K) => Promise<V>,
  keyOf: (key: K) => string,
): ReadLoader<K, V> {
  // Of the many kinds, a request asks for few.
  let known: Map<string, Promise<V>> | null = null;
  return {
    load(key) {
      known ??= new Map();
      const name = keyOf(key);
      const sent = known.get(name);
      if (sent !== undefined) return sent;
      const answer = begun(read, key);
      known.set(name, answer);
      return answer;
    },
    prime(key, value) {
      known ??= new Map();
      const name = keyOf(key);
      if (!known.has(name)) known.set(name, Promise.resolve(value));
    },
  };
}

/** A read that fails before it is sent has failed all the same. */
function begun<K, V>(read: (key: K) => Promise<V>, key: K): Promise<V> {
  try {
    return read(key);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return Promise.reject(error);
  }
}
