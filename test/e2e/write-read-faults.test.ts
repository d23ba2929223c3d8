import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FaultProxy } from '../support/fault-proxy.ts';
import { locatedErrors } from '../support/located-errors.ts';
import { callOnce, callToTheEnd } from '../support/patient-client.ts';
import { pick } from '../support/pick.ts';
import type { GraphQLAnswer } from '../support/test-gateway.ts';
import type { PreparedWrite, WriteSubject } from '../support/write-subject.ts';
import { WRITE_SUBJECTS } from '../support/write-subjects.ts';
import { startWriteWorld, type WriteWorld } from '../support/write-world.ts';

let world: WriteWorld;
let proxy: FaultProxy;
let write: PreparedWrite;

/** From the write on, every read fails. */
async function start(subject: WriteSubject): Promise<void> {
  world = await startWriteWorld();
  proxy = world.proxy[subject.provider];
  write = await subject.prepare(world);
  proxy.failReads(() => (proxy.count('commit') > 0 ? 'fail' : null));
}

/** The write, with all that a success can do without: the contract has no invoice without a total. */
const post = (key: string): Promise<GraphQLAnswer> =>
  world.post(write.query.replace('total { amount }', ''), write.variables(key));

afterEach(() => world.close());

/** What each mutation tells of by an error when it can read nothing after the write, at first and in a replay. */
const UNREAD: Readonly<
  Record<string, { readonly first: readonly string[]; readonly replay: readonly string[] }>
> = {
  'addOneTimeCharge on Metronome': {
    first: ['charges', 'customer'],
    replay: ['charges', 'customer'],
  },
  'addOneTimeCharge on Maple': { first: ['customer'], replay: ['charges', 'customer'] },
  'voidInvoice on Metronome': { first: ['invoice'], replay: ['invoice'] },
  'voidInvoice on Maple': { first: [], replay: ['invoice'] },
  'regenerateInvoice on Metronome': { first: ['invoice'], replay: ['invoice'] },
};

describe.each(WRITE_SUBJECTS.map((subject) => ({ title: subject.title, subject })))(
  '$title',
  ({ title, subject }) => {
    beforeEach(() => start(subject));

    const errorsAt = (fields: readonly string[] = []): string[] =>
      fields.map((field) => `UPSTREAM_UNAVAILABLE ${subject.provider} at result.${field}`);

    it('is a success also when everything that is read after the write fails', async () => {
      const answer = await post('key-1');
      expect(pick(answer.data, 'result', '__typename')).toBe(pick(write.success, '__typename'));
      expect(locatedErrors(answer)).toEqual(errorsAt(UNREAD[title]?.first));
      expect(await write.effects()).toBe(1);
    });

    it('takes effect once where nothing can be read before it and the upstream keeps a failure', async () => {
      proxy.failReads(() => 'fail');
      proxy.play([{ kind: '500', commit: 'never', stored: true }]);
      await callOnce(world, write, 'key-1');
      proxy.failReads(() => null);
      const last = (await callToTheEnd(world, write, 'key-1')).at(-1);
      expect(last?.members).toMatchObject(write.success);
      expect(await write.effects()).toBe(1);
    });

    it('is replayed as a success while reads fail, and whole when they do not', async () => {
      await post('key-1');
      const replay = await post('key-1');
      expect(pick(replay.data, 'result', '__typename')).toBe(pick(write.success, '__typename'));
      expect(locatedErrors(replay)).toEqual(errorsAt(UNREAD[title]?.replay));
      proxy.failReads(() => null);
      expect((await callOnce(world, write, 'key-1')).members).toMatchObject(write.success);
      expect(proxy.writes).toHaveLength(1);
    });
  },
);

describe.each(WRITE_SUBJECTS.filter(({ title }) => title.startsWith('void')).map((subject) => ({ subject })))(
  '$subject.title',
  ({ subject }) => {
    beforeEach(() => start(subject));

    it('still shows what the invoice comes to when it cannot be read after the write', async () => {
      const { data } = await world.post(write.query, write.variables('key-1'));
      proxy.failReads(() => null);
      const whole = await callOnce(world, write, 'key-1');
      expect(pick(data, 'result')).toEqual(whole.members);
    });
  },
);
