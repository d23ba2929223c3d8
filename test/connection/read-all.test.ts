import { describe, expect, it } from 'vitest';
import { readAll } from '../../src/connection/read-all.ts';
import { UpstreamUnavailableError } from '../../src/errors/upstream-error.ts';
import { ModelList } from './model-list.ts';

function list(cap: number): ModelList {
  const rows = Array.from({ length: 10 }, (_, at) => ({ id: `i${at}`, day: 200 - at, hidden: at % 3 === 1 }));
  return new ModelList('list', rows, { tokens: 'key', cap, dangling: true });
}

describe('readAll', () => {
  it('gives everything in order, over every page', async () => {
    expect(await readAll(list(2).stream())).toEqual(['i0', 'i2', 'i3', 'i5', 'i6', 'i8', 'i9']);
  });

  it('asks for the largest pages', async () => {
    const items = list(100);
    await readAll(items.stream());
    expect(items.reads[0]).toBe('[null,100]');
  });

  it('fails when a part of it cannot be read', async () => {
    const items = list(2);
    const stream = items.stream();
    const reading = readAll({
      ...stream,
      readPage(token, limit) {
        items.failing = items.reads.length === 3;
        return stream.readPage(token, limit);
      },
    });
    await expect(reading).rejects.toThrow(UpstreamUnavailableError);
  });
});
