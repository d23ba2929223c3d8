import { describe, expect, it } from 'vitest';
import { createIdempotencyStore } from '../../../src/sandbox/http/idempotency-store.ts';

describe('idempotency store', () => {
  const setup = (capacity?: number) => {
    const store = createIdempotencyStore(capacity);
    let runs = 0;
    const run = (key: string, input = 'input', status = 200) =>
      store.run({
        key,
        input,
        produce: () => ({ status, body: (runs += 1) }),
        isStored: (answer) => answer.status !== 400,
      });
    return { run };
  };

  it('runs once per key and replays', () => {
    const { run } = setup();
    expect(run('a')).toEqual({ kind: 'fresh', answer: { status: 200, body: 1 } });
    expect(run('a')).toEqual({ kind: 'replayed', answer: { status: 200, body: 1 } });
    expect(run('b')).toMatchObject({ kind: 'fresh' });
  });

  it('is a conflict with other input', () => {
    const { run } = setup();
    run('a', 'one');
    expect(run('a', 'two')).toEqual({ kind: 'conflict' });
  });

  it('does not keep what is not to be stored', () => {
    const { run } = setup();
    run('a', 'one', 400);
    expect(run('a', 'two')).toMatchObject({ kind: 'fresh' });
  });

  it('forgets the oldest key beyond its capacity', () => {
    const { run } = setup(2);
    for (const key of ['a', 'b', 'c']) run(key);
    expect(run('c')).toMatchObject({ kind: 'replayed' });
    expect(run('b')).toMatchObject({ kind: 'replayed' });
    expect(run('a')).toMatchObject({ kind: 'fresh' });
  });
});
