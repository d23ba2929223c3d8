import { setTimeout } from 'node:timers/promises';
import { pick, pickText } from './pick.ts';
import type { PreparedWrite } from './write-subject.ts';
import type { PostOptions, WriteWorld } from './write-world.ts';

/** What a mutation answered: a member of its result union. */
export interface Payload {
  readonly type: string;
  /** All that was asked for of it, `__typename` among it. */
  readonly members: unknown;
}

/** Between two calls of a client that waits for the outcome. */
const PAUSE_MS = 50;
/** How often it calls before it gives up. */
const PATIENCE = 40;

/** A request of its own, perhaps for something else under the same key. */
export type CallOptions = PostOptions & { readonly changed?: boolean };

/** How to call until the end. */
type PatientOptions = CallOptions & { readonly afterEach?: (payload: Payload) => Promise<void> };

/** Sends a mutation once. Throws when the answer has errors, or no payload. */
export async function callOnce(
  world: Pick<WriteWorld, 'post'>,
  write: PreparedWrite,
  key: string,
  options?: CallOptions,
): Promise<Payload> {
  const answer = await world.post(write.query, write.variables(key, options?.changed), options);
  if (answer.errors !== undefined) throw new Error(`unexpected errors: ${JSON.stringify(answer.errors)}`);
  const members = pick(answer.data, 'result');
  return { type: pickText(members, '__typename'), members };
}

/**
 * Sends a mutation with the same key again and again, with pauses, as a client does that has to know.
 *
 * @param afterEach is waited for after every call
 * @returns every payload; the last one says how it ended
 */
export async function callToTheEnd(
  world: Pick<WriteWorld, 'post'>,
  write: PreparedWrite,
  key: string,
  { afterEach, ...options }: PatientOptions = {},
): Promise<Payload[]> {
  const payloads: Payload[] = [];
  while (payloads.length < PATIENCE) {
    const payload = await callOnce(world, write, key, options);
    payloads.push(payload);
    await afterEach?.(payload);
    if (isEnd(payload)) return payloads;
    await setTimeout(PAUSE_MS);
  }
  throw new Error(`no end after ${PATIENCE} calls, the last one said ${payloads.at(-1)?.type}`);
}

/** Whether nothing about the write changes any more. */
function isEnd({ type }: Payload): boolean {
  return type.endsWith('Success') || type === 'UpstreamRejectedError' || type === 'NotFoundError';
}
