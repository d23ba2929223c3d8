import { expect } from 'vitest';
import { exchange, type RawAnswer } from '../../support/raw-exchange.ts';
import { createLogLines, type LogLines } from '../../support/log-lines.ts';
import { startTestGateway, type TestGateway, type TestGatewayOptions } from '../../support/test-gateway.ts';

/** Two gateways over equal sandboxes, of which one answers plain queries without the server. */
export interface BothWays {
  readonly gateways: readonly [direct: TestGateway, byServer: TestGateway];
  /** Sends the same bytes to both. Fails unless both give the same answers, after the same upstream calls. */
  same(bytes: Buffer, endsAfter?: boolean): Promise<readonly RawAnswer[]>;
  /** The same for each of these, first anew and then when its document is known. */
  sameTwice(requests: readonly { readonly bytes: Buffer }[]): Promise<void>;
  /** Stops both. Fails unless both have told the same of their requests. */
  stop(): Promise<void>;
}

/** In a log line, what differs from request to request. */
const TIMES: ReadonlySet<string> = new Set(['request', 'ms']);

/** Of a request, where its answers differ. */
const SHOWN_BYTES = 500;

/** Starts them; cursors of one are good for the other. */
export async function startBothWays(options: TestGatewayOptions = {}): Promise<BothWays> {
  const start = async (answersDirectly: boolean) => {
    const log = createLogLines();
    const env = { CURSOR_KEY: 'the same for both', ...options.env };
    return {
      gateway: await startTestGateway({ ...options, env, logger: log.logger, answersDirectly }),
      log,
    };
  };
  const [direct, byServer] = await Promise.all([start(true), start(false)]);
  const seen = async ({ gateway }: typeof direct, bytes: Buffer, endsAfter: boolean) => {
    gateway.forgetCalls();
    const answers = await exchange(gateway.url, bytes, endsAfter);
    return { answers, calls: gateway.calls() };
  };
  const same = async (bytes: Buffer, endsAfter = false): Promise<readonly RawAnswer[]> => {
    const [one, other] = await Promise.all([
      seen(direct, bytes, endsAfter),
      seen(byServer, bytes, endsAfter),
    ]);
    expect(one, bytes.toString('latin1', 0, SHOWN_BYTES)).toEqual(other);
    return one.answers;
  };
  return {
    gateways: [direct.gateway, byServer.gateway],
    same,
    async sameTwice(requests) {
      for (const { bytes } of requests) {
        await same(bytes);
        await same(bytes);
      }
    },
    async stop() {
      await Promise.all([direct.gateway.stop(), byServer.gateway.stop()]);
      expect(toldOfRequests(direct.log)).toEqual(toldOfRequests(byServer.log));
    },
  };
}

function toldOfRequests(log: LogLines): unknown[] {
  return log
    .saying('request')
    .map((line) => Object.fromEntries(Object.entries(line).filter(([name]) => !TIMES.has(name))));
}
