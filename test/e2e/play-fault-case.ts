import { callOnce, callToTheEnd, type Payload } from '../support/patient-client.ts';
import type { WriteSubject } from '../support/write-subject.ts';
import { startWriteWorld, type WriteWorld } from '../support/write-world.ts';
import type { FaultCase } from './write-fault-table.ts';

/** How a mutation fared under a fault. */
export interface FaultReport {
  readonly title: string;
  /** What each call answered, in their order. */
  readonly answers: readonly string[];
  readonly problems: readonly string[];
  /** The payloads of the calls that succeeded. */
  readonly successes: readonly unknown[];
  /** What each of them has to show. */
  readonly success: object;
}

/** Nothing here outlives its gateway, and hundreds of files would have to be waited for. */
const IN_MEMORY = { IDEMPOTENCY_PATH: ':memory:' };
/** Short where time has to run out, and otherwise long enough for a machine with much else to do. */
const HANG_MS = 1000;
const PATIENT_MS = 10_000;
const KEY = 'key-of-the-fault-tests';

/** How many reads the gateway makes before it writes. */
export async function readsBeforeWrite(subject: WriteSubject): Promise<number> {
  const world = await startWriteWorld({ env: IN_MEMORY });
  const proxy = world.proxy[subject.provider];
  const write = await subject.prepare(world);
  const letGo = proxy.holdWrites();
  const call = callOnce(world, write, KEY);
  await proxy.reached('write arrived', 1);
  const reads = proxy.count('read answered');
  letGo();
  await call;
  await world.close();
  return reads;
}

/**
 * Calls under the fault, once or twice, and then again and again without it, all with one key. What the sandbox holds is
 * looked at after every call.
 *
 * @param surveyReads how many reads the gateway makes before it writes
 */
export async function playFaultCase(
  subject: WriteSubject,
  fault: FaultCase,
  surveyReads: number,
): Promise<FaultReport> {
  const timeoutMs = fault.kind === 'hang' ? HANG_MS : PATIENT_MS;
  const world = await startWriteWorld({ env: { ...IN_MEMORY, UPSTREAM_TIMEOUT_MS: String(timeoutMs) } });
  try {
    return await playIn(world, subject, fault, surveyReads);
  } finally {
    await world.close();
  }
}

async function playIn(
  world: WriteWorld,
  subject: WriteSubject,
  fault: FaultCase,
  surveyReads: number,
): Promise<FaultReport> {
  const proxy = world.proxy[subject.provider];
  const write = await subject.prepare(world);
  const answers: string[] = [];
  const problems: string[] = [];
  const successes: unknown[] = [];

  let effects = 0;
  async function look({ type, members }: Payload): Promise<void> {
    answers.push(type);
    const effectsBefore = effects;
    effects = await write.effects();
    if (effects > 1) problems.push(`${effects} effects after call ${answers.length}`);
    if (type.endsWith('Success')) {
      if (effects !== 1) problems.push(`a success with ${effects} effects`);
      successes.push(members);
    } else if (type === 'UpstreamUnavailableError') {
      if (effectsBefore > 0 || (fault.commit === 'before' && effects > 0))
        problems.push('unavailable after it took effect');
    } else if (type === 'UpstreamRejectedError') {
      if (fault.kind !== '409' || effects > 0) problems.push('refused');
    } else if (type !== 'OutcomeUnknownError') problems.push(`answers ${type}`);
  }

  proxy.play(fault.faults, fault.forever);
  if (fault.closesPort) await proxy.closeAfterReads(surveyReads);
  for (let calls = fault.forever ? 2 : 1; calls > 0; calls -= 1)
    await look(await callOnce(world, write, KEY));

  // Where nothing was done, and nobody can think otherwise, the client is told so.
  const isPlain = fault.closesPort || (fault.kind === '429' && fault.commit === 'never');
  if (isPlain && answers[0] !== 'UpstreamUnavailableError') problems.push(`at first ${answers[0]}`);

  await proxy.stopFaults();
  const last = (await callToTheEnd(world, write, KEY, { afterEach: look })).at(-1);
  await proxy.settled();

  const sent = proxy.writes.length;
  const replay = await callOnce(world, write, KEY);
  if (JSON.stringify(replay) !== JSON.stringify(last)) problems.push('a replay that differs');
  if (proxy.writes.length > sent) problems.push('a replay that writes');
  const isRefused = last?.type === 'UpstreamRejectedError';
  if ((await write.effects()) !== (isRefused ? 0 : 1))
    problems.push(`${await write.effects()} effects in the end`);
  // What has taken effect is never asked for under another key: an upstream without a state of its own would repeat it.
  const committing = new Set(proxy.writes.filter(({ status }) => status !== null).map(({ key }) => key));
  if (committing.size > 1) problems.push(`reached the upstream under ${committing.size} keys`);
  return { title: fault.title, answers, problems, successes, success: write.success };
}
