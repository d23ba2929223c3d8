import { expect } from 'vitest';
import { exchange, type RawAnswer } from '../../support/raw-exchange.ts';
import { createLogLines, type LogLines } from '../../support/log-lines.ts';
import { startTestGateway, type TestGateway, type TestGatewayOptions } from '../../support/test-gateway.ts';

/** Two gateways over equal sandboxes, of which one answers plain queries without the server. */
export interface BothWays {
  readonly gateways: readonly [direct: TestGateway, byServer: TestGateway];
  /** Sends the same bytes to both, and gives what each did. */
  ask(bytes: Buffer, endsAfter?: boolean): Promise<readonly [direct: Seen, byServer: Seen]>;
  /** Stops both. Fails unless both have told the same of their requests. */
  stop(): Promise<void>;
}

/** What a gateway did with a request. */
interface Seen {
  readonly answers: readonly RawAnswer[];
  /** Of upstreams, as `TestGateway.calls` gives them. */
  readonly calls: Readonly<Record<string, number>>;
}

/** In a log line, what differs from request to request. */
const TIMES: ReadonlySet<string> = new Set(['request', 'ms']);

/** Of a request, where its answers differ. */
const SHOWN_BYTES = 500;

/**
 * Starts them; cursors of one are good for the other.
 *
 * @param countsCalls whether each upstream operation must be called equally often: where calls fail, how often they are
 * repeated hangs on the time too
 */
export async function startBothWays(options: TestGatewayOptions = {}, countsCalls = true): Promise<BothWays> {
  const start = async (answersDirectly: boolean) => {
    const log = createLogLines();
    const env = { CURSOR_KEY: 'the same for both', ...options.env };
    return {
      gateway: await startTestGateway({ ...options, env, logger: log.logger, answersDirectly }),
      log,
    };
  };
  const [direct, byServer] = await Promise.all([start(true), start(false)]);
  const seen = async ({ gateway }: typeof direct, bytes: Buffer, endsAfter: boolean): Promise<Seen> => {
    gateway.forgetCalls();
    const answers = await exchange(gateway.url, bytes, endsAfter);
    const calls = gateway.calls();
    if (!countsCalls) for (const call of Object.keys(calls)) calls[call] = 1;
    return { answers, calls };
  };
  return {
    gateways: [direct.gateway, byServer.gateway],
    ask: (bytes, endsAfter = false) =>
      Promise.all([seen(direct, bytes, endsAfter), seen(byServer, bytes, endsAfter)]),
    async stop() {
      await Promise.all([direct.gateway.stop(), byServer.gateway.stop()]);
      expect(toldOfRequests(direct.log, countsCalls)).toEqual(toldOfRequests(byServer.log, countsCalls));
    },
  };
}

/** Gives the answers to a request. Fails unless both gateways give the same, after the same upstream calls. */
export async function expectSame(
  ways: BothWays,
  bytes: Buffer,
  endsAfter?: boolean,
): Promise<readonly RawAnswer[]> {
  const [direct, byServer] = await ways.ask(bytes, endsAfter);
  const sent = bytes.toString('latin1', 0, SHOWN_BYTES);
  expect({ sent, ...direct }).toEqual({ sent, ...byServer });
  return direct.answers;
}

/** The same for each of these, first anew and then when its document is known. */
export async function expectSameTwice(
  ways: BothWays,
  requests: readonly { readonly bytes: Buffer }[],
): Promise<void> {
  for (const { bytes } of requests) {
    await expectSame(ways, bytes);
    await expectSame(ways, bytes);
  }
}

function toldOfRequests(log: LogLines, countsCalls: boolean): unknown[] {
  const isLeftOut = (name: string): boolean => TIMES.has(name) || (name === 'upstreamCalls' && !countsCalls);
  return log
    .saying('request')
    .map((line) => Object.fromEntries(Object.entries(line).filter(([name]) => !isLeftOut(name))));
}
