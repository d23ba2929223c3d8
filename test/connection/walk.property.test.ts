import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MergedPage } from '../../src/connection/merge.ts';
import { listChoices, modelLists, pageSizes } from './arbitrary-lists.ts';
import { expectedOrder, type ModelList } from './model-list.ts';
import { walk } from './walk.ts';

/** A change of a list between two pages; places are shares of the list's length. */
const change = fc.record({
  afterPage: fc.integer({ min: 1, max: 8 }),
  list: fc.nat({ max: 2 }),
  kind: fc.constantFrom('insert', 'remove', 'remove'),
  place: fc.nat({ max: 1_000 }),
});

interface Change {
  readonly list: number;
  readonly kind: string;
  readonly place: number;
}

/** Makes a change; gives the id of what went away. */
function apply({ list, kind, place }: Change, lists: readonly ModelList[], id: string): string | null {
  const target = lists[list % lists.length];
  if (target === undefined) return null;
  if (kind === 'insert') {
    target.insert(place % (target.size + 1), id);
    return null;
  }
  if (target.size === 0) return null;
  const ids = new Set(target.rows.map((row) => row.id));
  target.remove(place % target.size);
  for (const row of target.rows) ids.delete(row.id);
  return [...ids][0] ?? null;
}

describe('a walk', () => {
  it('gives every item exactly once in the order of one large page, with every page size', async () => {
    await fc.assert(
      fc.asyncProperty(listChoices, pageSizes, fc.boolean(), async (choices, firsts, lookAhead) => {
        const lists = modelLists(choices);
        const order = expectedOrder(lists);
        let seen = 0;
        const { ids } = await walk({
          lists,
          firsts,
          lookAhead,
          afterPage: (page) => {
            seen += page.items.length;
            expect(lookAhead && page.hasNext).toBe(lookAhead && seen < order.length);
          },
        });
        expect(ids).toEqual(order);
        const whole = await walk({ lists: modelLists(choices), firsts: [100], lookAhead: true });
        expect(whole.ids).toEqual(order);
      }),
      { numRuns: 4000 },
    );
  });

  it('neither repeats nor hides what stays while items come and go between its pages', async () => {
    const changes = fc.array(change, { minLength: 1, maxLength: 4 });
    const walks = { key: 0, offset: 0 };
    const expiries = { key: 0, offset: 0 };
    await fc.assert(
      fc.asyncProperty(
        listChoices,
        pageSizes,
        fc.boolean(),
        changes,
        async (choices, firsts, lookAhead, plan) => {
          const lists = modelLists(choices);
          const survivors = new Set(expectedOrder(lists));
          const afterPage = (_page: unknown, pages: number): void => {
            for (const [index, each] of plan.entries()) {
              if (each.afterPage !== pages) continue;
              const removed = apply(each, lists, `new.${index}`);
              if (removed !== null) survivors.delete(removed);
            }
          };
          const { ids, expired } = await walk({ lists, firsts, lookAhead, afterPage });
          expect(new Set(ids).size).toBe(ids.length);
          const tokens = lists.some(({ paging }) => paging.tokens === 'offset') ? 'offset' : 'key';
          walks[tokens] += 1;
          if (expired) expiries[tokens] += 1;
          expect([...survivors].filter((id) => !expired && !ids.includes(id))).toEqual([]);
          for (const list of lists) {
            const order = list.rows.map(({ id }) => id).filter((id) => ids.includes(id));
            expect(ids.filter((id) => order.includes(id))).toEqual(order);
          }
        },
      ),
      { numRuns: 6000 },
    );
    // Where tokens name rows, the place is nearly always found again, here with lists and pages as small as can be.
    expect(expiries.key / walks.key).toBeLessThan(0.02);
    expect(walks.key).toBeGreaterThan(1000);
  });

  // Neighbours tell a move only where some are remembered, so rows move while the position knows what follows. Where
  // pages may be too small to show the surroundings of a place, only rows that were given move, and nothing is inserted.
  it('neither repeats nor hides what was not moved, or ends, when a row is moved between its pages', async () => {
    const move = fc.record({
      afterPage: fc.integer({ min: 1, max: 4 }),
      list: fc.nat({ max: 2 }),
      from: fc.nat({ max: 1_000 }),
      to: fc.nat({ max: 1_000 }),
      insertAt: fc.option(fc.nat({ max: 1_000 })),
    });
    const counts = { moved: 0, expired: 0 };
    await fc.assert(
      fc.asyncProperty(listChoices, pageSizes, fc.boolean(), move, async (choices, firsts, large, plan) => {
        const whole = choices.map((choice) => ({
          ...choice,
          paging: { ...choice.paging, cap: 100 },
          rows: choice.rows.map((row) => ({ ...row, hidden: false })),
        }));
        const lists = modelLists(large ? whole : choices);
        const stayed = new Set(expectedOrder(lists));
        const given = new Set<string>();
        const afterPage = (page: MergedPage<string>, pages: number): void => {
          for (const { node } of page.items) given.add(node);
          const index = plan.list % lists.length;
          const target = lists[index];
          const position = page.items.at(-1)?.positions()[index];
          if (pages !== plan.afterPage || target === undefined || position?.kind !== 'after') return;
          const movable = target.ids.flatMap((id, at) => (large || given.has(id) ? [at] : []));
          const from = movable[plan.from % movable.length];
          if (position.after.length === 0 || from === undefined) return;
          counts.moved += 1;
          stayed.delete(target.ids[from] ?? '');
          target.move(from, plan.to % target.size);
          if (large && plan.insertAt !== null) target.insert(plan.insertAt % (target.size + 1), 'new');
        };
        const { ids, expired } = await walk({ lists, firsts, lookAhead: true, afterPage });
        if (expired) counts.expired += 1;
        const kept = ids.filter((id) => stayed.has(id));
        expect(new Set(kept).size).toBe(kept.length);
        expect([...stayed].filter((id) => !expired && !ids.includes(id))).toEqual([]);
      }),
      { numRuns: 6000 },
    );
    expect(counts.moved).toBeGreaterThan(1000);
    expect(counts.expired / counts.moved).toBeLessThan(0.5);
  });

  it('loses and repeats nothing when lists fail for some pages and then answer again', async () => {
    const outages = fc.array(fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        listChoices,
        pageSizes,
        fc.boolean(),
        outages,
        async (choices, firsts, lookAhead, plan) => {
          const lists = modelLists(choices);
          const setOutage = (page: number): void => {
            for (const [index, list] of lists.entries()) list.failing = plan[page]?.[index] === true;
          };
          setOutage(0);
          const { ids } = await walk({
            lists,
            firsts,
            lookAhead,
            afterPage: (page, pages) => {
              expect(page.hasNext || page.failures.size === 0).toBe(true);
              for (const index of page.failures.keys()) expect(lists[index]?.failing).toBe(true);
              const given = new Set(page.items.map(({ node }) => node));
              const ofFailed = lists
                .filter((_, index) => page.failures.has(index))
                .flatMap(({ rows }) => rows);
              expect(ofFailed.filter(({ id }) => given.has(id))).toEqual([]);
              setOutage(pages);
            },
          });
          expect(ids.toSorted()).toEqual(expectedOrder(lists).toSorted());
          for (const { rows } of lists) {
            const order = rows.map(({ id }) => id);
            expect(ids.filter((id) => order.includes(id))).toEqual(order);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('reads no upstream page twice for one page of its own', async () => {
    await fc.assert(
      fc.asyncProperty(listChoices, pageSizes, fc.boolean(), async (choices, firsts, lookAhead) => {
        const lists = modelLists(choices);
        const afterPage = (): void => {
          for (const { reads } of lists) expect(new Set(reads).size).toBe(reads.length);
        };
        await walk({ lists, firsts, lookAhead, afterPage });
      }),
      { numRuns: 1000 },
    );
  });

  it('reads one page of each list where the upstream gives as much as is asked for', async () => {
    await fc.assert(
      fc.asyncProperty(listChoices, pageSizes, fc.boolean(), async (choices, firsts, lookAhead) => {
        const generous = choices.map(({ paging, undated, rows }) => ({
          paging: { ...paging, cap: 100, dangling: false },
          undated,
          rows: rows.map((row) => ({ ...row, hidden: false })),
        }));
        const lists = modelLists(generous);
        const afterPage = (): void => {
          for (const { reads } of lists) expect(reads.length).toBeLessThanOrEqual(1);
        };
        await walk({ lists, firsts, lookAhead, afterPage });
      }),
      { numRuns: 1000 },
    );
  });
});
