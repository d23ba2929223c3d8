import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callOnce } from '../support/patient-client.ts';
import type { PreparedWrite } from '../support/write-subject.ts';
import { REFUSALS } from '../support/write-fault.ts';
import { WRITE_SUBJECTS } from '../support/write-subjects.ts';
import { startWriteWorld, type WriteWorld } from '../support/write-world.ts';

describe.each(WRITE_SUBJECTS.map((subject) => ({ title: subject.title, subject })))(
  '$title',
  ({ subject }) => {
    let world: WriteWorld;
    let write: PreparedWrite;
    beforeEach(async () => {
      world = await startWriteWorld();
      write = await subject.prepare(world);
    });
    afterEach(() => world.close());

    it.each(REFUSALS)('is refused for good by %s, also after a restart', async (kind) => {
      const proxy = world.proxy[subject.provider];
      proxy.play([{ kind, commit: 'never', stored: false }]);
      const refusal = await callOnce(world, write, 'key-1');
      const { provider } = subject;
      expect(refusal.members).toMatchObject(
        kind === '404'
          ? { __typename: 'NotFoundError' }
          : { __typename: 'UpstreamRejectedError', provider, providerStatus: Number(kind) },
      );
      const reads = proxy.count('read arrived');
      expect(await callOnce(world, write, 'key-1')).toEqual(refusal);
      await world.restart();
      expect(await callOnce(world, write, 'key-1')).toEqual(refusal);
      expect(proxy.writes).toHaveLength(1);
      expect(proxy.count('read arrived')).toBe(reads);
      expect(await write.effects()).toBe(0);
    });

    it('may be asked for under another key when one was refused', async () => {
      world.proxy[subject.provider].play([{ kind: '422', commit: 'never', stored: false }]);
      await callOnce(world, write, 'key-1');
      expect((await callOnce(world, write, 'key-2')).members).toMatchObject(write.success);
      expect((await callOnce(world, write, 'key-1')).type).toBe('UpstreamRejectedError');
      expect(await write.effects()).toBe(1);
    });

    it('is a conflict where the key is used for something else', async () => {
      await callOnce(world, write, 'key-1');
      const conflict = await callOnce(world, write, 'key-1', { changed: true });
      expect(conflict.type).toBe('IdempotencyConflictError');
      await world.restart();
      expect(await callOnce(world, write, 'key-1', { changed: true })).toEqual(conflict);
      expect(world.proxy[subject.provider].writes).toHaveLength(1);
    });
  },
);
