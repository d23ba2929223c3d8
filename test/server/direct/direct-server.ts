import { createServer, type ServerOptions } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { once } from 'node:events';
import { createYoga } from 'graphql-yoga';
import { parse } from 'graphql';
import { pino } from 'pino';
import { createMemoryCallerLimits } from '../../../src/caller-limits/memory-caller-limits.ts';
import type { Admission, CallerLimits } from '../../../src/caller-limits/caller-limits.ts';
import { readConfig } from '../../../src/config.ts';
import { createAuthentication } from '../../../src/server/authenticate.ts';
import { authorityOf } from '../../../src/server/authority-of.ts';
import { createDirectAnswers } from '../../../src/server/direct/direct-answers.ts';
import { documentChecks } from '../../../src/server/document-rules.ts';
import { createGatewayParts, type GatewayParts } from '../../../src/server/gateway-parts.ts';
import { openReadSharing } from '../../../src/server/open-read-sharing.ts';
import { OperationLedgers } from '../../../src/server/operation-limits/operation-ledger.ts';
import { openPersistedOperations } from '../../../src/server/persisted-operations/open-persisted-operations.ts';
import { startEmbeddedSandboxes } from '../../../src/server/start-sandboxes.ts';
import { createUpstreams } from '../../../src/server/upstreams.ts';
import type { CallerSlot } from '../../../src/server/use-authentication.ts';
import { schema } from '../../../src/schema.ts';
import { NO_OBSERVER } from '../../../src/upstream/http/upstream-observer.ts';

/** What the server was left with: who had been let in, and the body as it reads it. */
export interface LeftRequest {
  readonly admitted: CallerSlot;
  readonly body: string;
}

/** Direct answers behind node's own server. */
export interface DirectServer {
  readonly url: string;
  /** What was left to the server, which answers it with 599. */
  readonly left: readonly LeftRequest[];
  /** How often a caller was let in or refused, and was done. */
  readonly callers: { entered: number; done: number };
  /** What was told as a fault of the gateway itself. */
  readonly faults: unknown[];
  /** How many there were so far. */
  upstreamReads(): number;
  /** Makes a free document one that has been validated. */
  know(query: string): void;
  close(): Promise<void>;
}

/** What a test may change. */
export interface DirectServerOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly server?: ServerOptions;
  readonly authenticate?: (usual: GatewayParts['authenticate']) => GatewayParts['authenticate'];
  readonly enter?: (usual: CallerLimits['enter']) => CallerLimits['enter'];
}

/** The status that the server answers with. */
export const LEFT = 599;

/** Starts it over sandboxes of its own, on a free port. */
export async function startDirectServer(options: DirectServerOptions = {}): Promise<DirectServer> {
  const config = readConfig({ PORT: '0', ...options.env });
  const logger = pino({ level: 'silent' });
  const checks = documentChecks({ ...config.limits, introspection: config.introspection });
  const { paths } = config.persistedOperations;
  const operations = await openPersistedOperations({ paths, checks, logger });
  const sandboxes = await startEmbeddedSandboxes(config);
  const sharing = await openReadSharing({
    config,
    sandboxes,
    logger,
    observe: () => undefined,
    now: undefined,
  });
  const upstreams = createUpstreams({
    config,
    sandboxes,
    sharing,
    observer: NO_OBSERVER,
    clock: sandboxes.clock,
    logger,
  });
  const callers = { entered: 0, done: 0 };
  const { enter: usualEnter, close } = createMemoryCallerLimits({ perMinute: 0, atOnce: 0 });
  const enter = options.enter?.(usualEnter) ?? usualEnter;
  const counted = (admission: Admission): Admission => {
    if (admission.kind === 'refused') return admission;
    return {
      kind: 'admitted',
      leave() {
        callers.done += 1;
        admission.leave();
      },
    };
  };
  const faults: unknown[] = [];
  const made = createGatewayParts({
    authenticate: await createAuthentication(config),
    sharing: { epochOfAll: () => null },
    config,
    upstreams,
    writes: { run: () => Promise.reject(new Error('nothing is written here')) },
    checks,
    ledgers: new OperationLedgers(),
    operations,
    callerLimits: {
      async enter(caller) {
        callers.entered += 1;
        return counted(await enter(caller));
      },
      close,
    },
    logger: pino({ level: 'error' }, { write: (line: string) => void faults.push(line) }),
  });
  const parts = { ...made, authenticate: options.authenticate?.(made.authenticate) ?? made.authenticate };
  const left: LeftRequest[] = [];
  const answer = createDirectAnswers(
    parts,
    createYoga({ schema }).fetchAPI,
    (request, response, admitted) => {
      const body = 'body' in request && request.body instanceof Readable ? request.body : request;
      text(body).then(
        (read) => {
          left.push({ admitted, body: read });
          response.writeHead(LEFT).end();
        },
        () => response.destroy(),
      );
    },
  );
  const server = createServer(options.server ?? {}, answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://${authorityOf(server)}/graphql`,
    left,
    callers,
    faults,
    upstreamReads: () =>
      (sandboxes.metronome?.requests.length ?? 0) + (sandboxes.maple?.requests.length ?? 0),
    know(query) {
      const document = parse(query);
      parts.documents.documentCache.set(query, document);
      parts.documents.noteValid(document);
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
      operations.close();
      await upstreams.close();
      sharing.close();
      await sandboxes.close();
    },
  };
}
