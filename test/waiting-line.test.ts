import { describe, expect, it } from 'vitest';
import { WaitingLine } from '../src/waiting-line.ts';

const ENDLESS = new AbortController().signal;

describe('a waiting line', () => {
  it('gives each its turn in the order in which they came', async () => {
    const line = new WaitingLine();
    const called: string[] = [];
    const waits = ['a', 'b', 'c'].map((name) => line.wait(ENDLESS).then(() => called.push(name)));
    expect(line.length).toBe(3);
    expect([line.callFirst(), line.callFirst(), line.callFirst(), line.callFirst()]).toEqual([
      true,
      true,
      true,
      false,
    ]);
    await Promise.all(waits);
    expect(called).toEqual(['a', 'b', 'c']);
    expect(line.length).toBe(0);
  });

  it('passes by who has left it, before or after it came', async () => {
    const line = new WaitingLine();
    const client = new AbortController();
    const left = line.wait(client.signal);
    const gone = line.wait(AbortSignal.abort());
    const stays = line.wait(ENDLESS);
    client.abort();
    expect(await Promise.all([left, gone])).toEqual([false, false]);
    expect(line.length).toBe(1);
    expect(line.callFirst()).toBe(true);
    expect(await stays).toBe(true);
    expect(line.callFirst()).toBe(false);
  });

  it('takes nothing back from who has had its turn', async () => {
    const line = new WaitingLine();
    const client = new AbortController();
    const waits = line.wait(client.signal);
    line.callFirst();
    client.abort();
    expect(await waits).toBe(true);
    expect(line.length).toBe(0);
  });
});
