import { describe, expect, it } from 'vitest';
import { UpstreamUnavailableError } from '../../../src/errors/upstream-error.ts';
import { createReadLoader } from '../../../src/upstream/http/read-loader.ts';

interface Key {
  readonly id: string;
}

describe('a read loader', () => {
  it('sends each distinct read once, and gives everyone the same answer', async () => {
    const sent: string[] = [];
    const loader = createReadLoader(
      ({ id }: Key) => {
        sent.push(id);
        return Promise.resolve({ id });
      },
      ({ id }) => id,
    );
    const [a, b, again] = await Promise.all([
      loader.load({ id: 'a' }),
      loader.load({ id: 'b' }),
      loader.load({ id: 'a' }),
    ]);
    expect([a, b]).toEqual([{ id: 'a' }, { id: 'b' }]);
    expect(again).toBe(a);
    expect(await loader.load({ id: 'a' })).toBe(a);
    expect(sent).toEqual(['a', 'b']);
  });

  it('gives everyone the same failure, and does not send the read again', async () => {
    let sent = 0;
    const failure = new UpstreamUnavailableError('MAPLE', 'down');
    const loader = createReadLoader<string, string>(
      (id) => {
        sent += 1;
        return id === 'bad' ? Promise.reject(failure) : Promise.resolve(id);
      },
      (id) => id,
    );
    const outcomes = await Promise.allSettled([loader.load('bad'), loader.load('good'), loader.load('bad')]);
    expect(outcomes).toEqual([
      { status: 'rejected', reason: failure },
      { status: 'fulfilled', value: 'good' },
      { status: 'rejected', reason: failure },
    ]);
    await expect(loader.load('bad')).rejects.toBe(failure);
    expect(sent).toBe(2);
  });

  it('lets no read wait for another', async () => {
    const first = Promise.withResolvers<string>();
    const loader = createReadLoader<string, string>(
      (id) => (id === 'slow' ? first.promise : Promise.resolve(id)),
      (id) => id,
    );
    const slow = loader.load('slow');
    expect(await loader.load('fast')).toBe('fast');
    first.resolve('slow');
    expect(await slow).toBe('slow');
  });
});
