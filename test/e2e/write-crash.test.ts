import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFaultyUpstreams, type FaultyUpstreams } from '../support/faulty-upstreams.ts';
import { startGatewayProcess, type GatewayProcess } from '../support/gateway-process.ts';
import { callOnce, callToTheEnd, type Payload } from '../support/patient-client.ts';
import { postOperation } from '../support/post-operation.ts';
import type { Commit } from '../support/write-fault.ts';
import type { PreparedWrite } from '../support/write-subject.ts';
import { WRITE_SUBJECTS } from '../support/write-subjects.ts';
import type { WriteWorld } from '../support/write-world.ts';

/** Of WRITE_SUBJECTS: how many write to each provider. */
const METRONOME_WRITES = 3;
const MAPLE_WRITES = 2;

/** Nothing may run out of time before the process is killed. */
const PATIENCE = { UPSTREAM_TIMEOUT_MS: '14000' };

let upstreams: FaultyUpstreams;
let writes: readonly PreparedWrite[];
let gateway: GatewayProcess;

/** The process that is running now. */
const client: Pick<WriteWorld, 'post'> = {
  post: (query, variables) => postOperation(gateway.url, query, variables),
};

beforeEach(async () => {
  upstreams = await startFaultyUpstreams();
  writes = await Promise.all(WRITE_SUBJECTS.map((subject) => subject.prepare(upstreams)));
  gateway = await startGatewayProcess({ ...upstreams.env, ...PATIENCE });
});
afterEach(async () => {
  await gateway.kill();
  await upstreams.close();
});

/** Two mutations cannot have one key. */
const keyOf = (index: number): string => `key-${index}`;

/** Sends every mutation to the process; those calls do not come back. */
function callAllInVain(): void {
  for (const [index, write] of writes.entries()) callOnce(client, write, keyOf(index)).catch(() => undefined);
}

async function untilAllWrites(event: 'write arrived' | 'write answered' | 'commit'): Promise<void> {
  const { METRONOME, MAPLE } = upstreams.proxy;
  await Promise.all([METRONOME.reached(event, METRONOME_WRITES), MAPLE.reached(event, MAPLE_WRITES)]);
}

/** Kills the process with SIGKILL and starts another one over the same records, upstreams without faults. */
async function killAndRestart(): Promise<void> {
  await gateway.kill();
  for (const proxy of Object.values(upstreams.proxy)) {
    await proxy.settled();
    await proxy.stopFaults();
    proxy.failReads(() => null);
  }
  gateway = await startGatewayProcess({ ...upstreams.env, ...PATIENCE });
}

/** Whatever happened before: every key stands for its input, and comes to one effect and one answer. */
async function expectOneEffectEach(): Promise<(Payload | undefined)[]> {
  return Promise.all(
    writes.map(async (write, index) => {
      const key = keyOf(index);
      const conflict = await callOnce(client, write, key, { changed: true });
      expect(conflict.type).toBe('IdempotencyConflictError');
      const last = (await callToTheEnd(client, write, key)).at(-1);
      expect(last?.members).toMatchObject(write.success);
      expect(await callOnce(client, write, key)).toEqual(last);
      expect(await write.effects()).toBe(1);
      return last;
    }),
  );
}

describe('a gateway that is killed', () => {
  it('before it has sent anything, sends once after its restart', async () => {
    const { METRONOME, MAPLE } = upstreams.proxy;
    for (const proxy of [METRONOME, MAPLE]) proxy.failReads(() => 'hang');
    callAllInVain();
    await METRONOME.reached('read hangs', METRONOME_WRITES);
    await MAPLE.reached('read hangs', MAPLE_WRITES);
    expect([...METRONOME.writes, ...MAPLE.writes]).toEqual([]);
    await killAndRestart();
    await expectOneEffectEach();
  });

  it.each<readonly [Commit, boolean]>([
    ['never', false],
    ['never', true],
    ['before', false],
    ['before', true],
    ['after', false],
    ['after', true],
  ])(
    'while the upstream has the write finds out what came of it (commit %s, failure stored: %s)',
    async (commit, stored) => {
      for (const proxy of Object.values(upstreams.proxy))
        proxy.play([{ kind: 'hang', commit, stored }], true);
      callAllInVain();
      await untilAllWrites(commit === 'before' ? 'commit' : 'write arrived');
      await killAndRestart();
      await expectOneEffectEach();
    },
  );

  it('after the upstream has answered does not send again', async () => {
    const { METRONOME, MAPLE } = upstreams.proxy;
    const letGo = [METRONOME.holdWrites(), MAPLE.holdWrites()];
    callAllInVain();
    await untilAllWrites('write arrived');
    for (const proxy of [METRONOME, MAPLE]) proxy.failReads(() => 'hang');
    for (const go of letGo) go();
    await untilAllWrites('write answered');
    await Promise.all([METRONOME.reached('read hangs', METRONOME_WRITES), MAPLE.reached('read hangs', 1)]);
    await killAndRestart();
    await expectOneEffectEach();
    expect(METRONOME.writes).toHaveLength(METRONOME_WRITES);
    expect(MAPLE.writes).toHaveLength(MAPLE_WRITES);
  });

  it('after it has answered gives the same answers again', async () => {
    const answers = await Promise.all(writes.map((write, index) => callOnce(client, write, keyOf(index))));
    await killAndRestart();
    expect(await expectOneEffectEach()).toEqual(answers);
    expect(upstreams.proxy.METRONOME.writes).toHaveLength(METRONOME_WRITES);
    expect(upstreams.proxy.MAPLE.writes).toHaveLength(MAPLE_WRITES);
  });
});
