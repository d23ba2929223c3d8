import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ReadStore } from '../../src/read-cache/read-store.ts';
import type { ReadPlace } from './read-places.ts';

const SUBJECTS = ['subject 1', 'subject 2'];
const MINUTE = 60_000;

/** The tests of what every store of reads must do, wherever it keeps them. */
export function testReadStore(makePlace: () => Promise<ReadPlace>): void {
  let place: ReadPlace;
  let store: ReadStore;

  beforeEach(async () => {
    place = await makePlace();
    store = place.open();
  });
  afterEach(() => place.close());

  /** The epoch of subjects that are not being written. */
  async function epochOf(subjects: readonly string[], asked = store): Promise<string> {
    const { epoch } = await asked.look('any', subjects);
    if (epoch === null) throw new Error('the subjects are being written');
    return epoch;
  }

  async function keep(key: string, value: object, forMs = MINUTE): Promise<void> {
    const checked = { value, check: 'check' };
    await store.keep(key, [], { epoch: '', checked, text: JSON.stringify(value) }, forMs);
  }

  /** The answer that is kept, whatever form it has. */
  async function keptAt(key: string, asked = store): Promise<unknown> {
    const { kept } = await asked.look(key, []);
    if (kept === null) return null;
    expect(kept.epoch).toBe('');
    const value: unknown = typeof kept.content === 'string' ? JSON.parse(kept.content) : kept.content.value;
    return value;
  }

  it('keeps an answer with the epoch of its subjects, and as long as that lasts', async () => {
    const answer = async (text: string) => ({
      epoch: await epochOf(SUBJECTS),
      checked: { value: text, check: 'check' },
      text,
    });
    const [first, late] = [await answer('"first"'), await answer('"late"')];
    await store.keep('key', SUBJECTS, first, MINUTE);
    expect((await store.look('key', SUBJECTS)).kept?.epoch).toBe(first.epoch);
    await store.beginWrite('write', ['subject 2'], MINUTE);
    await store.keep('another key', SUBJECTS, late, MINUTE);
    await store.endWrite('write', ['subject 2']);
    const fresh = await answer('"fresh"');
    await store.keep('key', SUBJECTS, fresh, MINUTE);
    await place.open().keep('key', SUBJECTS, late, MINUTE);
    expect((await store.look('key', SUBJECTS)).kept?.epoch).toBe(fresh.epoch);
    expect((await store.look('another key', SUBJECTS)).kept).toBeNull();
  });

  it('knows nothing to begin with', async () => {
    expect(await keptAt('key')).toBeNull();
  });

  it('gives back what was kept last, to everybody, with the epoch that it was kept in', async () => {
    await keep('key', { text: 'é\n"1"', list: [1, null] });
    expect(await keptAt('key')).toEqual({ text: 'é\n"1"', list: [1, null] });
    await keep('key', { other: true });
    expect(await keptAt('key', place.open())).toEqual({ other: true });
    expect(await keptAt('another key')).toBeNull();
  });

  it('forgets an answer when its time is over, and no sooner', async () => {
    await keep('key', {}, MINUTE);
    await place.passTime(MINUTE - 5000);
    expect(await keptAt('key')).toEqual({});
    await place.passTime(5000);
    expect(await keptAt('key')).toBeNull();
  });

  it('gives one epoch to everybody as long as nothing is written', async () => {
    const epoch = await epochOf(SUBJECTS);
    expect(await epochOf(SUBJECTS)).toBe(epoch);
    expect(await epochOf(SUBJECTS, place.open())).toBe(epoch);
  });

  it('gives one epoch, that never ends, where there is no subject', async () => {
    const epoch = await epochOf([]);
    await store.beginWrite('write', SUBJECTS, MINUTE);
    expect(await epochOf([])).toBe(epoch);
  });

  it('gives no epoch while one of the subjects is being written, and a new one after it', async () => {
    const before = await epochOf(SUBJECTS);
    await store.beginWrite('write', ['subject 2'], MINUTE);
    expect(await place.open().look('any', SUBJECTS)).toMatchObject({ epoch: null });
    await store.endWrite('write', ['subject 2']);
    expect(await epochOf(SUBJECTS, place.open())).not.toBe(before);
  });

  it('never gives an epoch twice', async () => {
    const epochs: string[] = [];
    for (let round = 0; round < 5; round += 1) {
      epochs.push(await epochOf(['subject 1']));
      await store.beginWrite(`write ${round}`, ['subject 1'], MINUTE);
      await store.endWrite(`write ${round}`, ['subject 1']);
    }
    expect(new Set(epochs).size).toBe(5);
  });

  it('leaves the epochs of other subjects as they are', async () => {
    const other = await epochOf(['subject 1']);
    await store.beginWrite('write', ['subject 2'], MINUTE);
    expect(await epochOf(['subject 1'])).toBe(other);
    await store.endWrite('write', ['subject 2']);
    expect(await epochOf(['subject 1'])).toBe(other);
  });

  it.each([
    ['first', 'second'],
    ['second', 'first'],
  ])('gives no epoch until both of two writes have ended: %s, then %s', async (one, other) => {
    await store.beginWrite('first', ['subject 1'], MINUTE);
    await place.open().beginWrite('second', ['subject 1'], MINUTE);
    await store.endWrite(one, ['subject 1']);
    expect(await store.look('any', ['subject 1'])).toMatchObject({ epoch: null });
    await store.endWrite(other, ['subject 1']);
    await epochOf(['subject 1']);
  });

  it('takes a write for over when its time is, in an epoch of its own', async () => {
    const before = await epochOf(['subject 1']);
    await store.beginWrite('lost', ['subject 1'], MINUTE);
    await store.beginWrite('another', ['subject 1'], 3 * MINUTE);
    await store.beginWrite('third', ['subject 1'], 2 * MINUTE);
    await place.passTime(2 * MINUTE);
    expect(await store.look('any', ['subject 1'])).toMatchObject({ epoch: null });
    await place.passTime(MINUTE);
    expect(await epochOf(['subject 1'])).not.toBe(before);
  });

  it('ends the epoch once more when a write ends after its time', async () => {
    await store.beginWrite('slow', ['subject 1'], MINUTE);
    await place.passTime(MINUTE);
    const epoch = await epochOf(['subject 1']);
    await store.endWrite('slow', ['subject 1']);
    expect(await epochOf(['subject 1'])).not.toBe(epoch);
  });

  it('looks at a hundred subjects at once', async () => {
    const many = Array.from({ length: 100 }, (_, index) => `subject ${index}`);
    const epoch = await epochOf(many);
    await store.beginWrite('write', ['subject 99'], MINUTE);
    await store.endWrite('write', ['subject 99']);
    expect(await epochOf(many)).not.toBe(epoch);
  });
}
