import { describe, expect, it } from 'vitest';
import { createMemoryReadStore } from '../../src/read-cache/memory-read-store.ts';
import { createWriteEpochs } from '../../src/read-cache/write-epochs.ts';

describe('a store of reads in memory', () => {
  it('gives the very value that it was given', async () => {
    const store = createMemoryReadStore();
    const checked = { value: { a: 1 }, check: 'check' };
    await store.keep('key', [], { epoch: '', checked, text: '{"a":1}' }, 1000);
    expect((await store.look('key', [])).kept?.content).toBe(checked);
  });

  it('is bounded in bytes, of which a body takes at least its length', async () => {
    const store = createMemoryReadStore({ maxBytes: 1_000_000 });
    const text = 'x'.repeat(10_000);
    for (let index = 0; index < 200; index += 1)
      await store.keep(`key ${index}`, [], { epoch: '', checked: { value: {}, check: '' }, text }, 1000);
    let kept = 0;
    for (let index = 0; index < 200; index += 1)
      if ((await store.look(`key ${index}`, [])).kept !== null) kept += 1;
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThanOrEqual(100);
  });

  it('is bounded in entries', async () => {
    const store = createMemoryReadStore({ maxEntries: 3 });
    for (const key of ['a', 'b', 'c', 'd'])
      await store.keep(key, [], { epoch: '', checked: { value: {}, check: '' }, text: '' }, 1000);
    expect((await store.look('a', [])).kept).toBeNull();
    expect((await store.look('b', [])).kept).not.toBeNull();
  });
});

describe('the epochs of this process', () => {
  it('are bounded in number, and end for all when those of some are forgotten', () => {
    const epochs = createWriteEpochs(() => 0, 10);
    const before = epochs.of(['never written']);
    for (let index = 0; index < 10; index += 1) {
      epochs.begin('write', [`subject ${index}`], 1000);
      epochs.end('write', [`subject ${index}`]);
    }
    const first = epochs.of(['subject 0']);
    expect(epochs.of(['never written'])).toBe(before);
    epochs.begin('under way', ['subject 11'], 1000);
    epochs.begin('write', ['subject 12'], 1000);
    epochs.end('write', ['subject 12']);
    expect(epochs.of(['never written'])).not.toBe(before);
    expect(epochs.of(['subject 0'])).not.toBe(first);
    expect(epochs.of(['subject 11'])).toBeNull();
  });
});
