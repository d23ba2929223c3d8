import { number } from '../report/case-table.ts';
import { median } from '../report/summarize.ts';
import type { Bench } from '../run/bench.ts';
import type { Target } from '../targets/target.ts';
import { markdownTable, type Section } from './section.ts';

const ROUNDS = 9;

/** From the start of node to the first answer of a query with 200, with nothing else under load. */
export async function startUp(
  bench: Bench,
  targets: readonly Target[],
  say: (text: string) => void,
): Promise<Section> {
  const timesMs = new Map<string, number[]>(targets.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const target of round % 2 === 0 ? targets : targets.toReversed()) {
      const server = await bench.start(target);
      timesMs.get(target.name)?.push(server.startUpMs);
      await bench.stop(server);
    }
  }
  const rows = [...timesMs].map(([name, times]) => [
    name,
    number(median(times), 0),
    number(Math.max(...times), 0),
  ]);
  for (const [name = '', middle = '', longest = ''] of rows)
    say(`start-up of ${name}: ${middle} ms, at most ${longest} ms`);
  return { name: 'start-up', markdown: markdownTable(['Server', 'Median ms', 'Longest ms'], rows) };
}
