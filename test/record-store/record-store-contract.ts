import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RecordStore } from '../../src/write/record-store.ts';
import type { RecordPlace } from './record-places.ts';

const KEEP = { expected: null, keepMs: 60_000 };

/** The tests of what every record store must do, whatever keeps the records. */
export function testRecordStore(make: () => Promise<RecordPlace>): void {
  let place: RecordPlace;
  let store: RecordStore;
  let count = 0;

  beforeAll(async () => {
    place = await make();
    store = place.open();
  });
  afterAll(() => place.remove());

  /** One that no other test uses. */
  function newKey(): string {
    count += 1;
    return `caller:${count}`;
  }

  async function putNew(key: string, text: string, keepMs = 60_000): Promise<number> {
    const version = await store.put(key, text, { expected: null, keepMs });
    if (version === null) throw new Error('there is one');
    return version;
  }

  it('has nothing under a key without a record', async () => {
    expect(await store.get(newKey())).toBeNull();
  });

  it('gives what was put, with the version that put told', async () => {
    const key = newKey();
    const version = await putNew(key, 'first');
    expect(await store.get(key)).toEqual({ version, text: 'first' });
  });

  it('puts a record in the place of the expected one, under a new version', async () => {
    const key = newKey();
    const first = await putNew(key, 'first');
    const second = await store.put(key, 'second', { expected: first, keepMs: 60_000 });
    expect(second).not.toBe(first);
    expect(await store.get(key)).toEqual({ version: second, text: 'second' });
  });

  it('puts nothing where there is a record and none is expected', async () => {
    const key = newKey();
    await putNew(key, 'first');
    expect(await store.put(key, 'second', KEEP)).toBeNull();
    expect(await store.get(key)).toMatchObject({ text: 'first' });
  });

  it('puts nothing where the record has another version, or is not there', async () => {
    const key = newKey();
    const first = await putNew(key, 'first');
    await store.put(key, 'second', { expected: first, keepMs: 60_000 });
    expect(await store.put(key, 'third', { expected: first, keepMs: 60_000 })).toBeNull();
    expect(await store.get(key)).toMatchObject({ text: 'second' });
    const other = newKey();
    expect(await store.put(other, 'first', { expected: first, keepMs: 60_000 })).toBeNull();
    expect(await store.get(other)).toBeNull();
  });

  it('removes the record of a version, once', async () => {
    const key = newKey();
    const version = await putNew(key, 'first');
    expect(await store.remove(key, version)).toBe(true);
    expect(await store.get(key)).toBeNull();
    expect(await store.remove(key, version)).toBe(false);
  });

  it('removes nothing of another version', async () => {
    const key = newKey();
    const first = await putNew(key, 'first');
    await store.put(key, 'second', { expected: first, keepMs: 60_000 });
    expect(await store.remove(key, first)).toBe(false);
    expect(await store.get(key)).toMatchObject({ text: 'second' });
  });

  it('gives a key that was freed a version that it never had', async () => {
    const key = newKey();
    const first = await putNew(key, 'first');
    await store.remove(key, first);
    const second = await putNew(key, 'second');
    expect(await store.put(key, 'late', { expected: first, keepMs: 60_000 })).toBeNull();
    expect(await store.remove(key, first)).toBe(false);
    expect(await store.get(key)).toEqual({ version: second, text: 'second' });
  });

  it('keeps a record for its time, and no longer', async () => {
    const key = newKey();
    await putNew(key, 'first', 60_000);
    await place.passTime(50_000);
    expect(await store.get(key)).toMatchObject({ text: 'first' });
    await place.passTime(10_000);
    expect(await store.get(key)).toBeNull();
  });

  it('counts the time of a record from its last put', async () => {
    const key = newKey();
    const first = await putNew(key, 'first', 60_000);
    await place.passTime(50_000);
    await store.put(key, 'second', { expected: first, keepMs: 60_000 });
    await place.passTime(50_000);
    expect(await store.get(key)).toMatchObject({ text: 'second' });
  });

  it('does not take a record that came again for the one that expired', async () => {
    const key = newKey();
    const first = await putNew(key, 'first', 1000);
    await place.passTime(1000);
    expect(await store.put(key, 'late', { expected: first, keepMs: 60_000 })).toBeNull();
    expect(await store.remove(key, first)).toBe(false);
    const second = await putNew(key, 'second');
    expect(await store.put(key, 'late', { expected: first, keepMs: 60_000 })).toBeNull();
    expect(await store.remove(key, first)).toBe(false);
    expect(await store.get(key)).toEqual({ version: second, text: 'second' });
  });

  it('keeps times that are no whole number of milliseconds', async () => {
    const key = newKey();
    await putNew(key, 'first', 1000.25);
    expect(await store.get(key)).toMatchObject({ text: 'first' });
  });

  it.each([
    ['nothing', ''],
    ['a version', '12:'],
    ['other scripts', 'Ångström 東京 🚀'],
    ['line ends, quotes and a zero byte', `'"\r\n\\ %s \u0000 end`],
    ['a large text', 'x'.repeat(200_000)],
  ])('keeps keys and texts as they are: %s', async (_what, odd) => {
    const key = `${newKey()} ${odd}`;
    const version = await putNew(key, odd);
    expect(await store.get(key)).toEqual({ version, text: odd });
    expect(await store.get(`${key}.`)).toBeNull();
  });

  it('tells keys apart by case, and by what stands behind a zero byte', async () => {
    const key = newKey();
    await putNew(`${key}-a\u0000b`, 'first');
    expect(await store.get(`${key}-A\u0000b`)).toBeNull();
    expect(await store.get(`${key}-a\u0000c`)).toBeNull();
  });

  it('lets one of 50 that put at once win, over several openings', async () => {
    const key = newKey();
    const openings = Array.from({ length: 5 }, () => place.open());
    const versions = await Promise.all(
      Array.from({ length: 10 }, (_, at) =>
        openings.map((opening, of) => opening.put(key, `${at}.${of}`, KEEP)),
      ).flat(),
    );
    const [winner, ...others] = versions.filter((version) => version !== null);
    expect(others).toEqual([]);
    const at = versions.findIndex((version) => version !== null);
    expect(await store.get(key)).toEqual({ version: winner, text: `${Math.floor(at / 5)}.${at % 5}` });
  });

  it('lets one of 50 win that put at once in the place of the same version', async () => {
    const key = newKey();
    const first = await putNew(key, 'first');
    const openings = Array.from({ length: 5 }, () => place.open());
    const versions = await Promise.all(
      Array.from({ length: 10 }, () =>
        openings.map((opening) => opening.put(key, 'next', { expected: first, keepMs: 60_000 })),
      ).flat(),
    );
    expect(versions.filter((version) => version !== null)).toHaveLength(1);
  });

  it('keeps a record when the store that put it is closed', async () => {
    const key = newKey();
    const early = place.open();
    const version = await early.put(key, 'first', KEEP);
    await early.close();
    expect(await place.open().get(key)).toEqual({ version, text: 'first' });
  });

  it('fails in every method once it is closed, and can be closed again', async () => {
    const closed = place.open();
    await closed.close();
    await closed.close();
    const failed = { name: 'RecordStoreError' };
    await expect(closed.get(newKey())).rejects.toMatchObject(failed);
    await expect(closed.put(newKey(), 'first', KEEP)).rejects.toMatchObject(failed);
    await expect(closed.remove(newKey(), 1)).rejects.toMatchObject(failed);
  });
}
