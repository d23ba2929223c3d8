import { buildSchema, GraphQLError, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { WholeAnswer, type QueryAnswer } from '../../../src/server/direct/query-answer.ts';
import type { ReadyQuery } from '../../../src/server/direct/ready-query.ts';
import type { QueryRun } from '../../../src/server/direct/run-query.ts';
import { shareQueries, type SharedAnswer } from '../../../src/server/direct/share-queries.ts';
import type { Caller } from '../../../src/domain/caller.ts';

const schema = buildSchema('type Query { word(of: String): String }');
const DOCUMENT = parse('query A($of: String) { word(of: $of) } query B { word }');
const CALLER: Caller = { id: 'somebody', role: 'read', scope: 'everything' };
const WHOLE = new WholeAnswer({ data: { word: 'a' } });
const FAILED: QueryAnswer = { kind: 'failed', result: { data: null, errors: [new GraphQLError('away')] } };

function query(text = 'of b', document = DOCUMENT): ReadyQuery {
  return { execution: { schema, document }, isPersisted: false, text };
}

/** Queries that run until the test says what comes of them. */
function world() {
  const state: { epoch: string | null; nowMs: number } = { epoch: 'first', nowMs: 0 };
  const runs: (QueryRun & { readonly end: (answer: QueryAnswer | null) => void })[] = [];
  const share = shareQueries(
    (_, run) =>
      new Promise((resolve) => {
        runs.push({ ...run, end: resolve });
      }),
    { sharedEpoch: () => state.epoch, now: () => state.nowMs },
  );
  const ask = (
    asked = query(),
    caller = CALLER,
    signal = new AbortController().signal,
  ): Promise<SharedAnswer | null> => share(asked, caller, signal);
  return { state, runs, ask };
}

describe('equal queries at the same time', () => {
  it('run once, and all get the answer', async () => {
    const { runs, ask } = world();
    const answers = [ask(), ask(query(), { ...CALLER, id: 'somebody else', role: 'write' }), ask(query())];
    expect(runs).toHaveLength(1);
    runs[0]?.end(WHOLE);
    expect(await Promise.all(answers)).toEqual([
      { answer: WHOLE, isShared: false },
      { answer: WHOLE, isShared: true },
      { answer: WHOLE, isShared: true },
    ]);
  });

  it('run again once the answer is there', async () => {
    const { runs, ask } = world();
    const first = ask();
    runs[0]?.end(WHOLE);
    await first;
    void ask();
    expect(runs).toHaveLength(2);
  });

  it.each([
    ['documents', query('of b', parse('query A($of: String) { word(of: $of) }'))],
    ['words', query('of c')],
  ])('are none with other %s', (_what, other) => {
    const { runs, ask } = world();
    void ask();
    void ask(other);
    expect(runs).toHaveLength(2);
  });

  it('are none of callers who may see other things', () => {
    const { runs, ask } = world();
    void ask();
    void ask(query(), { ...CALLER, scope: 'less' });
    expect(runs).toHaveLength(2);
  });

  it('are none across a write, nor during one', () => {
    const { state, runs, ask } = world();
    void ask();
    state.epoch = null;
    void ask();
    void ask();
    state.epoch = 'second';
    void ask();
    expect(runs).toHaveLength(4);
  });

  it('do not share an answer with errors, and have the rest of their time for one of their own', async () => {
    const { state, runs, ask } = world();
    const [first, second] = [ask(), ask()];
    state.nowMs = 700;
    runs[0]?.end(FAILED);
    expect(await first).toEqual({ answer: FAILED, isShared: false });
    await expect.poll(() => runs.length).toBe(2);
    expect(runs.map(({ elapsedMs }) => elapsedMs)).toEqual([0, 700]);
    runs[1]?.end(WHOLE);
    expect(await second).toEqual({ answer: WHOLE, isShared: false });
  });

  it('go on for the others when the client leaves that was first', async () => {
    const { runs, ask } = world();
    const leaving = new AbortController();
    const first = ask(query(), CALLER, leaving.signal);
    const second = ask();
    leaving.abort(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    expect(runs[0]?.signal.aborted).toBe(false);
    runs[0]?.end(WHOLE);
    expect(await second).toEqual({ answer: WHOLE, isShared: true });
  });

  it('end when all clients have left', async () => {
    const { runs, ask } = world();
    const leaving = new AbortController();
    const both = [ask(query(), CALLER, leaving.signal), ask(query(), CALLER, leaving.signal)];
    leaving.abort(new Error('gone'));
    await Promise.allSettled(both);
    expect(runs[0]?.signal.aborted).toBe(true);
  });

  it('are all left to the server where their variables do not fit', async () => {
    const { runs, ask } = world();
    const both = [ask(), ask()];
    runs[0]?.end(null);
    expect(await Promise.all(both)).toEqual([null, null]);
  });
});
