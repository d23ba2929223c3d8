// Puts records under the keys 0 to 199 of an SQLite file as soon as it is told to, tells how many it won, and stays.
import { openSqliteStore } from '../../src/record-store/sqlite-store.ts';

const store = openSqliteStore(process.argv[2] ?? '');
process.once('message', () => {
  void putAll().then((won) => process.send?.(won));
});
process.send?.('open');

async function putAll(): Promise<number> {
  let won = 0;
  for (let key = 0; key < 200; key += 1) {
    const version = await store.put(String(key), `of ${process.pid}`, { expected: null, keepMs: 3_600_000 });
    if (version !== null) won += 1;
  }
  return won;
}
