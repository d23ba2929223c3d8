import { expect } from 'vitest';
import type { RecordedRequest } from '../../src/sandbox/http/sandbox-server.ts';
import { createFaultSwitch, type FaultSwitch } from './fault-switch.ts';
import { locatedErrors } from './located-errors.ts';
import { withMissingPart } from './missing-part.ts';
import { READ_DOCUMENTS, readVariables } from './read-documents.ts';
import type { ReadEntry } from './read-fault-table.ts';
import type { ReadFault } from './read-faults.ts';
import { routeOf, startTestGateway, type TestGateway } from './test-gateway.ts';

/** A gateway over sandboxes of its own that plays one fault after another. */
export interface ReadFaultLane {
  /**
   * Asks with the fault at the reads of the entry, and looks at all that is to be expected of the answer.
   *
   * @param played is told of each time that a read gets the fault
   */
  play(entry: ReadEntry, fault: ReadFault, played: () => void): Promise<void>;
  stop(): Promise<void>;
}

/** How long a gateway waits. */
export interface WaitingTimes {
  readonly upstreamMs: number;
  readonly requestMs: number;
}

/** What the documents ask by, and what they are answered without a fault. */
export interface HealthyAnswers {
  readonly variables: Readonly<Record<string, string>>;
  /** Data by entry. */
  readonly data: ReadonlyMap<ReadEntry, unknown>;
}

const COMPANIES = { companyCount: 12 };

/** Asks all that the entries ask, of a gateway that waits for as long as it takes. */
export async function healthyAnswers(entries: readonly ReadEntry[]): Promise<HealthyAnswers> {
  const switches = { METRONOME: createFaultSwitch(), MAPLE: createFaultSwitch() };
  const gateway = await startTestGateway({
    metronome: { ...COMPANIES, onRequest: switches.METRONOME.onRequest },
    maple: { ...COMPANIES, onRequest: switches.MAPLE.onRequest },
  });
  try {
    const variables = await readVariables(gateway);
    const data = new Map<ReadEntry, unknown>();
    for (const entry of entries) {
      playFault(switches[entry.provider], entry);
      data.set(entry, await gateway.data(READ_DOCUMENTS[entry.document], variables));
    }
    return { variables, data };
  } finally {
    await gateway.stop();
  }
}

/** @param env further environment variables of the gateway */
export async function startReadFaultLane(
  { variables, data: healthy }: HealthyAnswers,
  { upstreamMs, requestMs }: WaitingTimes,
  env: Readonly<Record<string, string>> = {},
): Promise<ReadFaultLane> {
  const switches = { METRONOME: createFaultSwitch(), MAPLE: createFaultSwitch() };
  const gateway = await startTestGateway({
    metronome: { ...COMPANIES, onRequest: switches.METRONOME.onRequest },
    maple: { ...COMPANIES, onRequest: switches.MAPLE.onRequest },
    env: {
      UPSTREAM_TIMEOUT_MS: String(upstreamMs),
      REQUEST_TIMEOUT_MS: String(requestMs),
      // An open breaker would hide all faults but the first.
      UPSTREAM_BREAK_MS: '0',
      ...env,
    },
  });
  return {
    async play(entry, fault, played) {
      const { provider, document } = entry;
      const query = READ_DOCUMENTS[document];
      const faults = switches[provider];
      playFault(faults, entry, fault.fault, played);
      gateway.forgetCalls();
      const begunMs = performance.now();
      const answer = await gateway.answer(query, variables);
      const tookMs = performance.now() - begunMs;
      faults.turnOff();

      const codes = expectedCodes(entry, fault);
      const [, code = null] = codes[0] ?? [];
      const data = withMissingPart(healthy.get(entry), {
        provider,
        code,
        kind: entry.kind,
        fields: entry.fields,
      });
      expect(locatedErrors(answer)).toEqual(
        codes.map(([field, of]) => `${of} ${provider} at ${field}`).toSorted(),
      );
      expect(answer.data).toEqual(data);
      expect(mostTries(gateway, entry)).toBeLessThanOrEqual(3);
      expect(mostTries(gateway, entry)).toBeGreaterThan(fault.fault === null ? -1 : 0);
      expect(tookMs).toBeLessThan(1.1 * requestMs);
    },
    stop: () => gateway.stop(),
  };
}

function playFault(
  faults: FaultSwitch,
  { route, given }: ReadEntry,
  fault: ReadFault['fault'] = null,
  played = (): void => undefined,
): void {
  faults.turnOn((request) => {
    if (fault !== null && (route === null || nameOf(request) === route)) {
      played();
      return fault;
    }
    return given?.path.test(request.path) === true ? given.answer : undefined;
  });
}

/** The fields that have an error, each with its code. */
function expectedCodes({ fields, unknown }: ReadEntry, { code }: ReadFault): [string, string][] {
  if (code !== null) return fields.map((field) => [field, code]);
  if (typeof unknown === 'string') return fields.map((field) => [field, unknown]);
  return fields.filter((field) => unknown?.includes(field) !== true).map((field) => [field, 'NOT_FOUND']);
}

/** How often the read of the entry was sent that was sent most. */
function mostTries(gateway: TestGateway, { provider, route }: ReadEntry): number {
  const { requests } = provider === 'METRONOME' ? gateway.metronome : gateway.maple;
  const tries = new Map<string, number>();
  for (const request of requests) {
    if (nameOf(request) !== route) continue;
    const key = JSON.stringify([request.path, request.query.toString(), request.body]);
    tries.set(key, (tries.get(key) ?? 0) + 1);
  }
  return Math.max(0, ...tries.values());
}

function nameOf({ method, path }: RecordedRequest): string {
  return `${method} ${routeOf(path)}`;
}
