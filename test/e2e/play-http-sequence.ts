import { callOnce, callToTheEnd, type Payload } from '../support/patient-client.ts';
import { locatedErrors } from '../support/located-errors.ts';
import { pickText } from '../support/pick.ts';
import type { PreparedWrite, WriteSubject } from '../support/write-subject.ts';
import { WRITE_SUBJECTS } from '../support/write-subjects.ts';
import { startWriteWorld, type WriteWorld } from '../support/write-world.ts';
import type { HttpCall, HttpStep } from './http-sequence.ts';

/** A mutation of the sequence, and the keys that it was called with. */
interface Played {
  readonly subject: WriteSubject;
  readonly write: PreparedWrite;
  readonly keys: Set<string>;
}

/** What is wrong with how a sequence of calls over HTTP came out; empty when nothing is. */
export async function httpProblemsOf(steps: readonly HttpStep[]): Promise<string[]> {
  const world = await startWriteWorld();
  try {
    const played: Played[] = [];
    for (const subject of WRITE_SUBJECTS)
      played.push({ subject, write: await subject.prepare(world), keys: new Set() });
    const problems: string[] = [];
    for (const step of steps) {
      if (step.kind === 'restart') await world.restart();
      else problems.push(...(await playCall(world, step, played[step.subject])));
    }
    for (const entry of played) problems.push(...(await endOf(world, entry)));
    return problems;
  } finally {
    await world.close();
  }
}

async function playCall(world: WriteWorld, step: HttpCall, entry: Played | undefined): Promise<string[]> {
  if (entry === undefined) throw new Error('no such mutation');
  const { subject, write, keys } = entry;
  const proxy = world.proxy[subject.provider];
  const failedReads = [...step.failedReads];
  const key = `${step.key}-${step.subject}`;
  keys.add(key);
  const before = await write.effects();
  proxy.play(step.faults);
  proxy.failReads(() => (failedReads.shift() === true ? 'fail' : null));
  const types = await Promise.all(
    Array.from({ length: step.twice ? 2 : 1 }, () => typeOfCall(world, write, key)),
  );
  await proxy.stopFaults();
  proxy.failReads(() => null);
  const allowed = new Set([
    pickText(write.success, '__typename'),
    'UpstreamRejectedError',
    'OutcomeUnknownError',
    // Somebody else's effect says nothing of this key's.
    ...(before === 0 || keys.size > 1 ? ['UpstreamUnavailableError'] : []),
    ...(step.twice ? ['IdempotencyConflictError'] : []),
  ]);
  return types.filter((type) => !allowed.has(type)).map((type) => `${subject.title} answers ${type}`);
}

/** The payload's type; also where not all of it could be read. */
async function typeOfCall(world: WriteWorld, write: PreparedWrite, key: string): Promise<string> {
  const answer = await world.post(write.query.replace('total { amount }', ''), write.variables(key));
  const strange = locatedErrors(answer).find((error) => !error.startsWith('UPSTREAM_'));
  return strange ?? pickText(answer.data, 'result', '__typename');
}

/** Every key of a mutation comes to an end, and there are as many effects as keys that ended in success. */
async function endOf(world: WriteWorld, { subject, write, keys }: Played): Promise<string[]> {
  const proxy = world.proxy[subject.provider];
  const lasts = await Promise.all(
    [...keys].map(async (key) => (await callToTheEnd(world, write, key)).at(-1)),
  );
  await proxy.settled();
  const sent = proxy.writes.length;
  const replays: (Payload | undefined)[] = [];
  for (const key of keys) replays.push(await callOnce(world, write, key));
  const effects = await write.effects();
  const successes = lasts.filter((last) => last?.type.endsWith('Success')).length;
  // An invoice is void, however many keys have asked for it.
  const expected = subject.title.startsWith('void') ? Math.min(1, successes) : successes;
  return [
    ...(effects === expected ? [] : [`${subject.title}: ${effects} effects, ${successes} successes`]),
    ...(JSON.stringify(replays) === JSON.stringify(lasts) ? [] : [`${subject.title}: replays differ`]),
    ...(proxy.writes.length === sent ? [] : [`${subject.title}: a replay that writes`]),
  ];
}
