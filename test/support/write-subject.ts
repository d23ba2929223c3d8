import type { Provider } from '../../src/provider.ts';
import type { FaultyUpstreams } from './faulty-upstreams.ts';

/** A mutation on one provider. */
export interface WriteSubject {
  readonly title: string;
  readonly provider: Provider;
  /** Finds something to do it to in the sandboxes. */
  prepare(upstreams: Pick<FaultyUpstreams, 'sandbox'>): Promise<PreparedWrite>;
}

/** A mutation that can be sent, and the ledger that tells what came of it. */
export interface PreparedWrite {
  readonly query: string;
  /** @param changed whether to ask for something else than without it */
  variables(idempotencyKey: string, changed?: boolean): object;
  /** How often it has taken effect, as the sandbox tells, not the gateway. */
  effects(): Promise<number>;
  /** What a success shows. */
  readonly success: object;
}

/** The sandboxes, called behind the gateway's back. */
export type Sandboxes = FaultyUpstreams['sandbox'];

/** What a charge of the tests reads on the invoice; nothing in the sandboxes does. */
export const DESCRIPTION = 'Workshop of the fault tests';

/** The same for a charge that is another input. */
export const OTHER_DESCRIPTION = 'Another workshop of the fault tests';
