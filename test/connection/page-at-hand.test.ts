import { describe, expect, it } from 'vitest';
import { readMerged } from '../../src/connection/merge.ts';
import { pageAtHand } from '../../src/connection/page-at-hand.ts';
import { START } from '../../src/connection/position.ts';
import type { StreamAtHand } from '../../src/connection/stream.ts';

function streamOf(count: number): StreamAtHand<number> {
  const nodes = Array.from({ length: count }, (_, at) => at);
  const items = () => nodes.map((node) => ({ id: `id ${node}`, date: null, read: () => node }));
  return {
    key: 'METRONOME',
    provider: 'METRONOME',
    atHand: { nodes, items },
    readPage: () => Promise.resolve({ items: items(), nextToken: null }),
  };
}

describe('a page at hand', () => {
  it.each(
    [0, 1, 2, 6, 7, 8, 100].flatMap((first) => [true, false].map((lookAhead) => [first, lookAhead] as const)),
  )('is what is read of the stream, with first %i and look ahead %s', async (first, lookAhead) => {
    const stream = streamOf(7);
    const read = await readMerged({ streams: [stream], start: [START], first, lookAhead });
    const page = pageAtHand(stream, first, lookAhead);
    expect(page.items.map((item) => [item.node, item.positions()])).toEqual(
      read.items.map((item) => [item.node, item.positions()]),
    );
    expect(page.hasNext).toBe(read.hasNext);
    expect(page.failures).toEqual(read.failures);
  });

  it('makes no ids before a position is asked for', () => {
    const stream = streamOf(2);
    let made = 0;
    const items = () => {
      made += 1;
      return stream.atHand.items();
    };
    const page = pageAtHand({ ...stream, atHand: { ...stream.atHand, items } }, 2, false);
    expect(made).toBe(0);
    for (const item of page.items) item.positions();
    expect(made).toBe(1);
  });
});
