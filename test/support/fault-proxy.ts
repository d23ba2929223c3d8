import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { createClosablePort } from './closable-port.ts';
import { createEventCounter } from './event-counter.ts';
import { forwardRequest, type ForwardedAnswer } from './forward-request.ts';
import { failureAnswer, faultyAnswer, type FaultyAnswer, type WriteFault } from './write-fault.ts';

/** A write as the proxy received it. */
export interface ReceivedWrite {
  /** Of the header `Idempotency-Key`; empty where there is none. */
  readonly key: string;
  readonly path: string;
  /** What the upstream behind answered when the write reached it; null where it never did. */
  status: number | null;
}

/** What happens at a proxy. */
export type ProxyEvent =
  | 'write arrived'
  | 'write answered'
  | 'commit'
  | 'read arrived'
  | 'read answered'
  | 'read hangs';

/** What to do with a read; it is passed on where this is null. */
export type ReadFault = 'fail' | 'hang' | null;

/** Stands between the gateway and one sandbox, and plays faults of the network and of the upstream. */
export interface FaultProxy {
  /** In place of the sandbox's. */
  readonly url: string;
  /** Every write so far, in the order of arrival. */
  readonly writes: readonly ReceivedWrite[];
  /** The next writes get these faults, one each; then the last one again and again where `forever` says so. */
  play(faults: readonly WriteFault[], forever?: boolean): void;
  /** Writes pass from now on, but for keys under which a failure is stored; the port is open. */
  stopFaults(): Promise<void>;
  /** Writes wait from now on, before they reach the sandbox, until the function that this gives is called. */
  holdWrites(): () => void;
  /** Asked for each read from now on. */
  failReads(rule: () => ReadFault): void;
  /** Closes the port once this many further reads have been answered; at once where it is none. */
  closeAfterReads(reads: number): Promise<void>;
  count(event: ProxyEvent): number;
  /** Resolves once this has happened so often since the start. */
  reached(event: ProxyEvent, count: number): Promise<void>;
  /** Resolves when no write is on its way to the sandbox. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

const WRITE = /\/(?:addCharge|one_times|invoices\/(?:[^/]+\/)?(?:void|regenerate))$/;

/** How long after a fault the write takes effect that does so late. */
export const LATE_COMMIT_MS = 20;

/** Starts a proxy on a free port, without faults. */
export async function startFaultProxy(upstream: string): Promise<FaultProxy> {
  const events = createEventCounter<ProxyEvent>();
  const writes: ReceivedWrite[] = [];
  const storedAnswers = new Map<string, FaultyAnswer>();
  const commits = new Set<Promise<unknown>>();
  let script: { faults: WriteFault[]; readonly forever: boolean } = { faults: [], forever: false };
  let readRule: () => ReadFault = () => null;
  let held: Promise<void> | null = null;
  let readsBeforeClose = Number.POSITIVE_INFINITY;

  const port = await createClosablePort((request, response) => {
    const isWrite = request.method === 'POST' && WRITE.test(request.url ?? '');
    (isWrite ? receiveWrite : receiveRead)(request, response).catch(() => response.destroy());
  });

  async function receiveRead(request: IncomingMessage, response: ServerResponse): Promise<void> {
    events.happened('read arrived');
    const body = await text(request);
    const fault = readRule();
    if (fault === 'hang') return events.happened('read hangs');
    const answer = fault === 'fail' ? failureAnswer(503) : await forwardRequest(upstream, request, body);
    // A write must not find a connection that is just being closed: nobody could say whether it was sent.
    response.shouldKeepAlive &&= readsBeforeClose === Number.POSITIVE_INFINITY;
    await send(response, answer);
    events.happened('read answered');
    readsBeforeClose -= 1;
    if (readsBeforeClose === 0) await port.shut();
  }

  async function receiveWrite(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const key = String(request.headers['idempotency-key'] ?? '');
    const write: ReceivedWrite = { key, path: request.url ?? '', status: null };
    writes.push(write);
    const fault = nextFault(key);
    const isUnread = fault?.commit === 'never' && UNREAD.has(fault.kind);
    const body = isUnread ? '' : await text(request);
    events.happened('write arrived');
    await held;
    const commit = async (): Promise<ForwardedAnswer> => {
      const forwarded = forwardRequest(upstream, request, body);
      commits.add(forwarded);
      const answer = await forwarded.finally(() => commits.delete(forwarded));
      write.status = answer.status;
      events.happened('commit');
      return answer;
    };
    const stored = storedAnswers.get(key);
    if (stored !== undefined) await send(response, stored);
    else if (fault === null) await send(response, await commit());
    else {
      if (fault.stored) storedAnswers.set(key, faultyAnswer(fault.kind) ?? failureAnswer(500));
      if (fault.commit === 'before') await commit();
      await deliver(fault, request, response);
      if (fault.commit === 'after') commitLate(commit);
    }
    events.happened('write answered');
  }

  /** Null for a write that passes, and for one whose key has a stored answer: that one is no matter of the script. */
  function nextFault(key: string): WriteFault | null {
    if (storedAnswers.has(key)) return null;
    const [fault, ...others] = script.faults;
    if (fault === undefined) return null;
    if (others.length > 0 || !script.forever) script = { ...script, faults: others };
    return fault;
  }

  function commitLate(commit: () => Promise<unknown>): void {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    commits.add(promise);
    setTimeout(() => {
      commit()
        .then(() => resolve(), reject)
        .finally(() => commits.delete(promise));
    }, LATE_COMMIT_MS);
  }

  async function deliver(
    fault: WriteFault,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const answer = faultyAnswer(fault.kind);
    if (answer !== null) return send(response, answer);
    if (fault.kind === 'hang') return;
    if (fault.kind === 'reset in the middle of the answer') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 });
      await new Promise((written) => response.write('{"data":{"id":"', written));
    }
    request.socket.resetAndDestroy();
    if (fault.kind === 'connection refused') await port.shut();
  }

  return {
    url: port.url,
    writes,
    play(faults, forever = false) {
      script = { faults: [...faults], forever };
    },
    async stopFaults() {
      script = { faults: [], forever: false };
      readsBeforeClose = Number.POSITIVE_INFINITY;
      await port.open();
    },
    holdWrites() {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return () => {
        held = null;
        resolve();
      };
    },
    failReads(rule) {
      readRule = rule;
    },
    async closeAfterReads(reads) {
      readsBeforeClose = reads;
      if (reads === 0) await port.shut();
    },
    count: events.count,
    reached: events.reached,
    async settled() {
      while (commits.size > 0) await Promise.all(commits);
    },
    close: () => port.shut(),
  };
}

/** What ends before the request has been read. */
const UNREAD: ReadonlySet<WriteFault['kind']> = new Set([
  'connection refused',
  'reset before the request is read',
]);

async function send(
  response: ServerResponse,
  { status, body }: FaultyAnswer | ForwardedAnswer,
): Promise<void> {
  if (response.destroyed) return;
  const closed = once(response, 'close');
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
  await closed;
}
