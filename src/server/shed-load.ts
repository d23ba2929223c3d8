import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { overloadedBody } from './overloaded.ts';
import type { LoadGauge } from './load-gauge.ts';
import { createStartQueue } from './start-queue.ts';
import type { GatewayMetrics } from './telemetry/gateway-metrics.ts';

interface SheddingOptions {
  /** Requests at once, those that wait for their turn among them. */
  readonly maxInFlight: number;
  readonly gauge: LoadGauge;
  readonly logger: Logger;
  readonly metrics: Pick<GatewayMetrics, 'requestShed'>;
}

/** Answers a request sooner or later, or says at once that it will not. */
export type ShedLoad = (request: IncomingMessage, response: ServerResponse, answer: () => void) => void;

/** What probes and scrapes ask: they must be answered above all while there is too much to do. */
const MACHINE_PATH = /^\/(?:livez|readyz|metrics)(?:\?|$)/;
/** There may be time again then. */
const RETRY_AFTER_SECONDS = '1';
/** As text, which goes out in one piece with its head. */
const BODY = overloadedBody('The gateway has too much to do: try again later.');
const HEADERS = [
  ['content-type', 'application/json; charset=utf-8'],
  ['content-length', String(Buffer.byteLength(BODY))],
  ['retry-after', RETRY_AFTER_SECONDS],
  ['cache-control', 'no-store'],
].flat();
/** Saying it for each request would be one more thing to do. */
const LOG_INTERVAL_MS = 10_000;

/**
 * Lets requests begin in line, and answers those that would be too much: 503, with as little work as possible, since there
 * may be ten of them for each that is let in. Nothing of them is read or logged one by one.
 */
export function createLoadShedding({ maxInFlight, gauge, logger, metrics }: SheddingOptions): ShedLoad {
  const queue = createStartQueue();
  let inFlight = 0;
  let turnedAway = 0;
  let loggedAtMs = Number.NEGATIVE_INFINITY;

  function turnAway({ method = '' }: IncomingMessage, response: ServerResponse): void {
    response.writeHead(503, HEADERS).end(BODY);
    metrics.requestShed(method);
    turnedAway += 1;
    const now = performance.now();
    if (now - loggedAtMs < LOG_INTERVAL_MS) return;
    logger.warn({ turnedAway, inFlight }, 'too much to do: requests are turned away');
    loggedAtMs = now;
    turnedAway = 0;
  }

  return (request, response, answer) => {
    if (MACHINE_PATH.test(request.url ?? '')) {
      answer();
      return;
    }
    if (inFlight >= maxInFlight || gauge.isTooMuch(inFlight)) {
      turnAway(request, response);
      return;
    }
    inFlight += 1;
    let hasBegun = false;
    response.once('close', () => {
      inFlight -= 1;
      if (!hasBegun) return;
      queue.ended();
      gauge.ended();
    });
    queue.add(() => {
      hasBegun = true;
      // Its client may have gone away meanwhile.
      if (response.destroyed) queue.ended();
      else answer();
    });
  };
}
