import Pool from 'undici/lib/dispatcher/pool.js';
import {
  UpstreamInvalidResponseError,
  UpstreamRejectedError,
  UpstreamTimeoutError,
} from '../../errors/upstream-error.ts';
import type { JsonValue } from '../../json/json-object.ts';
import { readExactJson } from '../../json/read-json.ts';
import type { Provider } from '../../provider.ts';
import type { FetchedAnswer } from '../../read-cache/read-cache.ts';
import type { Reuse } from '../../read-cache/reuse.ts';
import type { Attempt } from '../../write/write.ts';
import { CallSlots } from './call-slots.ts';
import { BodyMismatch, checkBody, type BodyValidator } from './check-body.ts';
import { decodeBody, tooLarge } from './decode-body.ts';
import { dispatchCall, type DispatchedAnswer, type DispatchedCall } from './dispatch-call.ts';
import { failureOf, statusError } from './failure.ts';
import { HealthRecord } from './health-record.ts';
import { NO_OBSERVER, type ObservedCall, type UpstreamObserver } from './upstream-observer.ts';
import { attemptOfError, attemptOfStatus } from './write-attempt.ts';

/** How to reach one upstream. */
export interface UpstreamClientOptions {
  readonly provider: Provider;
  /** Where paths are appended; without a trailing slash. */
  readonly baseUrl: string;
  readonly token: string;
  /** How long one attempt may take, body included. */
  readonly timeoutMs: number;
  /** At most so many at once, those of writes among them. */
  readonly connections?: number;
  readonly observer?: UpstreamObserver;
}

/** One read of an upstream. */
export interface UpstreamRead<T> {
  /** The operation's name in the upstream's OpenAPI document; shown in messages. */
  readonly operation: string;
  readonly method: 'GET' | 'POST';
  /** Made by `upstreamPath`. */
  readonly path: string;
  /** As it stands in an address, behind the question mark. */
  readonly query?: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly answer: BodyValidator<T>;
  /** What is kept of the answer; all of it where it is left out. */
  readonly part?: AnswerPart<T>;
  /** Whether its text is to come with the answer. */
  readonly wantsText?: boolean;
  /** Ends the read early: the client went away, or the whole request's deadline has passed. */
  readonly signal: AbortSignal;
  /** When the request ends that it is for, on the clock of `performance.now`; a read that does not say it is tried once. */
  readonly endsAtMs?: number;
  /** For whom else the answer may serve; for nobody where it is left out. The upstream itself is always asked. */
  readonly reuse?: Reuse<T>;
}

/** What somebody wants of an answer, where that is less than all. */
export interface AnswerPart<T> {
  /** Among all parts of the operation's answer: reads of different parts are different reads. */
  readonly name: string;
  readonly of: (answer: T) => T;
}

/** What reads of an upstream go through. */
export type UpstreamReader = Pick<UpstreamClient, 'read'>;

/** What asks the upstream itself, and knows how it is doing. */
export type LiveReader = Pick<UpstreamClient, 'provider' | 'read' | 'fetch'> & {
  readonly health: Pick<HealthRecord, 'judge' | 'isOlderThan'>;
};

/** One attempt at a write. Always a POST: no upstream writes otherwise. */
export interface UpstreamWrite<T> {
  /** The operation's name in the upstream's OpenAPI document. */
  readonly operation: string;
  /** Made by `upstreamPath`. */
  readonly path: string;
  /** Sent as JSON; null for an operation without a body. */
  readonly body: JsonValue;
  readonly idempotencyKey: string;
  readonly answer: BodyValidator<T>;
  /** Ends the attempt early, with an outcome that is not known. Not the client's own signal: a write is not cancelled. */
  readonly signal: AbortSignal;
}

const DEFAULT_CONNECTIONS = 64;
const KEEP_ALIVE_MS = 30_000;
/** A hundred invoices of several hundred lines each; a body beyond it is a fault, or an attack. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;
const JSON_BODY = { 'content-type': 'application/json' };

/** Reads and writes one upstream over kept-alive, bounded connections. One per process and upstream. */
export class UpstreamClient {
  readonly provider: Provider;
  readonly health = new HealthRecord();
  readonly observer: UpstreamObserver;
  readonly #pool: Pool;
  /** Bodies beyond a small size are read one after another: many at once would fill the memory. */
  readonly #large = new CallSlots({ running: 1, waiting: Number.POSITIVE_INFINITY });
  readonly #prefix: string;
  readonly #headers: Readonly<Record<string, string>>;
  /** How long one attempt may take, body included. */
  readonly timeoutMs: number;

  constructor(options: UpstreamClientOptions) {
    const base = new URL(options.baseUrl);
    this.provider = options.provider;
    this.observer = options.observer ?? NO_OBSERVER;
    this.#prefix = base.pathname.replace(/\/+$/, '');
    this.timeoutMs = options.timeoutMs;
    this.#headers = {
      authorization: `Bearer ${options.token}`,
      accept: 'application/json',
      'accept-encoding': 'gzip, identity',
    };
    this.#pool = new Pool(base.origin, {
      connections: options.connections ?? DEFAULT_CONNECTIONS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      // The deadline below covers headers and body; undici's own timers tick too coarsely to matter.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: { timeout: options.timeoutMs },
    });
  }

  /**
   * The checked answer; null where the upstream answers 404.
   *
   * @throws UpstreamError for everything else that is not a 200 with a body as the reference says. Never retries:
   * `GuardedReader` does.
   */
  async read<T>(read: UpstreamRead<T>): Promise<T | null> {
    return (await this.fetch(read))?.answer ?? null;
  }

  /**
   * The same with the text of the answer.
   *
   * @param attempt 1 for the first try of the read
   */
  async fetch<T>(read: UpstreamRead<T>, attempt = 1): Promise<FetchedAnswer<T> | null> {
    const call = this.#begin(read, attempt);
    try {
      const answer = await this.#attempt(read, call);
      this.health.record(true);
      call.end(answer === null ? 'NOT_FOUND' : 'OK');
      return answer;
    } catch (error) {
      const failure = failureOf(this.provider, error, read.signal);
      if (failure === null) {
        call.end('FAULT');
        throw error;
      }
      // A client that went away says nothing about the upstream; a request whose time is over does.
      const clientLeft = read.signal.aborted && !(failure instanceof UpstreamTimeoutError);
      if (!clientLeft) this.health.record(failure instanceof UpstreamRejectedError);
      call.end(clientLeft ? 'CANCELLED' : failure.code);
      throw failure;
    }
  }

  /** One attempt at a write, never repeated here. Throws only for faults of the gateway itself. */
  async write<T>(write: UpstreamWrite<T>): Promise<Attempt<T>> {
    if (write.signal.aborted) return { kind: 'not-sent' };
    const attempt = await this.#attemptWrite(write);
    const isConflict = attempt.kind === 'unclear' && attempt.answer === 'conflict';
    this.health.record(attempt.kind === 'done' || attempt.kind === 'refused' || isConflict);
    return attempt;
  }

  async #attemptWrite<T>(write: UpstreamWrite<T>): Promise<Attempt<T>> {
    const call = this.#begin(write, 1);
    try {
      const sent = {
        method: 'POST',
        path: `${this.#prefix}${write.path}`,
        headers: {
          ...this.#headers,
          ...call.headers,
          ...(write.body !== null && JSON_BODY),
          'idempotency-key': write.idempotencyKey,
        },
        body: write.body === null ? null : JSON.stringify(write.body),
      } as const;
      const answered = await this.#send(sent, write.signal, call, (each) => each);
      const { status, headers } = answered;
      if (!isSuccess(status)) {
        const isUnknown = status === 404 && !isPage(headers);
        call.end(isUnknown ? 'NOT_FOUND' : statusError(this.provider, status).code);
        return attemptOfStatus(status, isPage(headers));
      }
      const answer = this.#check(write, await this.#textOf(answered, write.signal));
      call.end('OK');
      return { kind: 'done', answer };
    } catch (error) {
      const failure = failureOf(this.provider, error, write.signal);
      call.end(failure?.code ?? 'FAULT');
      if (failure === null) throw error;
      // A success that cannot be read may come from something in between.
      if (error instanceof UpstreamInvalidResponseError) return { kind: 'unclear', answer: 'failure' };
      return attemptOfError(error);
    }
  }

  async #attempt<T>(read: UpstreamRead<T>, call: ObservedCall): Promise<FetchedAnswer<T> | null> {
    const query = read.query === undefined || read.query === '' ? '' : `?${read.query}`;
    const sent = {
      method: read.method,
      path: `${this.#prefix}${read.path}${query}`,
      headers: { ...this.#headers, ...call.headers, ...(read.body !== undefined && JSON_BODY) },
      body: read.body === undefined ? null : JSON.stringify(read.body),
    };
    return this.#send(sent, read.signal, call, (answered) => this.#fetched(read, answered));
  }

  /** At once wherever that can be: what has waited for an answer may be old, and would keep all that comes through it. */
  #fetched<T>(
    read: UpstreamRead<T>,
    answered: DispatchedAnswer,
  ): FetchedAnswer<T> | null | Promise<FetchedAnswer<T>> {
    const { status, headers } = answered;
    if (status === 404 && !isPage(headers)) return null;
    if (status !== 200) throw statusError(this.provider, status, headers['retry-after']);
    const fetched = (text: string): FetchedAnswer<T> => ({
      answer: this.#check(read, text),
      text: read.wantsText === true ? text : null,
    });
    const text = this.#textOf(answered, read.signal);
    return typeof text === 'string' ? fetched(text) : text.then(fetched);
  }

  #send<Result>(
    sent: DispatchedCall,
    signal: AbortSignal,
    call: ObservedCall,
    take: (answered: DispatchedAnswer) => Result | Promise<Result>,
  ): Promise<Result> {
    return dispatchCall(this.#pool, sent, take, {
      signal,
      timeoutMs: this.timeoutMs,
      maxBytes: MAX_BODY_BYTES,
      large: this.#large,
      wantsBody(status) {
        call.answered(status);
        return isSuccess(status);
      },
    });
  }

  #textOf({ headers, body }: DispatchedAnswer, signal: AbortSignal): string | Promise<string> {
    if (body === null) throw tooLarge(this);
    const limits = { provider: this.provider, maxBytes: MAX_BODY_BYTES, large: this.#large, signal };
    return decodeBody(body, headers['content-encoding'], limits);
  }

  #begin({ operation }: Pick<UpstreamRead<unknown>, 'operation'>, attempt: number): ObservedCall {
    return this.observer.begin({ provider: this.provider, operation, attempt });
  }

  #check<T>(read: Pick<UpstreamRead<T>, 'operation' | 'answer' | 'part'>, text: string): T {
    try {
      return answerIn(read, text);
    } catch (error) {
      if (!(error instanceof BodyMismatch || error instanceof SyntaxError)) throw error;
      throw new UpstreamInvalidResponseError(
        this.provider,
        `The answer to ${read.operation} is not as documented: ${error.message}.`,
      );
    }
  }

  /** Ends all connections; reads under way fail. */
  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}

/**
 * What a read wants of the text of its answer.
 *
 * @throws SyntaxError or BodyMismatch for any other text
 */
export function answerIn<T>({ answer, part }: Pick<UpstreamRead<T>, 'answer' | 'part'>, text: string): T {
  const whole = checkBody(answer, readExactJson(text));
  return part === undefined ? whole : part.of(whole);
}

function isSuccess(status: number): boolean {
  return status >= 200 && status <= 299;
}

/** Both upstreams answer in JSON (or with nothing): a page comes from something in between, or from a wrong address. */
function isPage(headers: DispatchedAnswer['headers']): boolean {
  return (headers['content-type'] ?? '').startsWith('text/html');
}
