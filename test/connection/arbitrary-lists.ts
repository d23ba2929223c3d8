import * as fc from 'fast-check';
import { ModelList, type Paging } from './model-list.ts';

const paging: fc.Arbitrary<Paging> = fc.record({
  tokens: fc.constantFrom('key', 'offset'),
  cap: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constant(100)),
  dangling: fc.boolean(),
});

interface RowChoice {
  /** How many days older than the row before. */
  readonly age: number;
  readonly dated: boolean;
  readonly hidden: boolean;
}

const rowChoice: fc.Arbitrary<RowChoice> = fc.record({
  age: fc.constantFrom(0, 0, 1, 1, 5),
  dated: fc.constantFrom(true, true, true, true, true, true, true, false),
  hidden: fc.constantFrom(false, false, false, true),
});

/** One list as data; made into a fresh ModelList for each use. */
export interface ListChoice {
  readonly paging: Paging;
  readonly undated: boolean;
  readonly rows: readonly RowChoice[];
}

const listChoice: fc.Arbitrary<ListChoice> = fc.record({
  paging,
  undated: fc.constantFrom(false, false, false, true),
  rows: fc.array(rowChoice, { maxLength: 14 }),
});

/** One to three lists: some undated, some with equal dates, rows without one, and rows that a filter drops. */
export const listChoices = fc.array(listChoice, { minLength: 1, maxLength: 3 });

/** Page sizes that a client uses one after the other. */
export const pageSizes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 });

/** Fresh lists from what was chosen. */
export function modelLists(choices: readonly ListChoice[]): ModelList[] {
  return choices.map(({ paging, undated, rows }, list) => {
    let day = 200;
    const dated = rows.map((row, at) => {
      day -= row.age;
      return { id: `${list}.${at}`, day: undated || !row.dated ? null : day, hidden: row.hidden };
    });
    return new ModelList(`list-${list}`, dated, paging, undated);
  });
}
