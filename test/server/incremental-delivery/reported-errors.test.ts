import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createReportedErrors } from '../../../src/server/incremental-delivery/reported-errors.ts';

const at = (...path: (string | number)[]) => new GraphQLError(path.join('.'), { path });

describe('errors that are reported beside data, of an answer in parts', () => {
  it('come with the part that holds their field, each once', () => {
    const account = at('account');
    const early = at('account', 'costs');
    const late = at('account', 'customers', 0, 'costs');
    const reported = [account, early];
    const addErrors = createReportedErrors(reported);
    const data = { account: { name: 'a', customers: [{ id: '1' }] } };
    expect(addErrors({ data, hasNext: true }).errors).toEqual([account]);
    reported.push(late);
    const costs = { data: { costs: null }, path: ['account'] };
    const other = { data: { costs: {} }, path: ['account', 'customers', 0] };
    expect(addErrors({ incremental: [costs], hasNext: true }).incremental).toEqual([
      { ...costs, errors: [early] },
    ]);
    expect(addErrors({ incremental: [other], hasNext: false }).incremental).toEqual([
      { ...other, errors: [late] },
    ]);
  });

  it('stand beside the errors that the part has already', () => {
    const [own, added] = [at('a'), at('b')];
    const part = createReportedErrors([added])({ data: { a: null, b: {} }, errors: [own] });
    expect(part.errors).toEqual([own, added]);
  });

  it('come with a deferred fragment that failed as a whole, if they lie below it', () => {
    const [below, elsewhere] = [at('x', 'y'), at('z')];
    const failed = { data: null, path: ['x'] };
    const part = createReportedErrors([below, elsewhere])({ incremental: [failed], hasNext: false });
    expect(part.incremental).toEqual([{ ...failed, errors: [below] }]);
  });

  it('leave a part without any as it is', () => {
    const part = { data: { a: 1 }, hasNext: true };
    expect(createReportedErrors([at('b')])(part)).toBe(part);
  });
});
