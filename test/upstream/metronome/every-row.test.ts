import { describe, expect, it } from 'vitest';
import { everyRow } from '../../../src/upstream/metronome/every-row.ts';

describe('everyRow', () => {
  it('walks the pages of a Metronome list', async () => {
    const rows = everyRow((token) =>
      Promise.resolve(token === 'a' ? { data: [3], next_page: null } : { data: [1, 2], next_page: 'a' }),
    );
    expect(await Array.fromAsync(rows)).toEqual([1, 2, 3]);
  });

  it('blames Metronome for a token that comes back', async () => {
    let calls = 0;
    const rows = everyRow(() => {
      calls += 1;
      return calls > 2
        ? Promise.reject(new Error('the walk does not end'))
        : Promise.resolve({ data: [1], next_page: 'a' });
    });
    await expect(Array.fromAsync(rows)).rejects.toMatchObject({ provider: 'METRONOME' });
  });
});
