import { createFaultSwitch, type FaultSwitch } from '../support/fault-switch.ts';
import { sendOperation } from '../support/operation-request.ts';
import { pickList, pickText } from '../support/pick.ts';
import { recordOperations } from '../support/recorded-operations.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';
import { refusal } from '../support/upstream-outages.ts';
import { operationIds } from './operation-ids.ts';

/** A gateway that clients are tried against. */
export interface ClientGateway extends TestGateway {
  /** What clients have asked for, as `recordOperations` has it. */
  readonly operations: string[];
  readonly faults: { readonly metronome: FaultSwitch; readonly maple: FaultSwitch };
}

/** The account that the clients ask for; it has more than nine invoices, of both systems. */
export const identifier = 'acct_1001';
export const june = { from: '2026-06-01T00:00:00Z', to: '2026-07-01T00:00:00Z' };

/** More pages of three than the account has invoices for. */
export const MANY_PAGES = 30;

/** What a client sees of Maple, when it is down. */
export const mapleDown = refusal(503);
export const mapleFailure = { provider: 'MAPLE', code: 'UPSTREAM_UNAVAILABLE' };

/** Starts a gateway with these further environment variables. */
export async function startClientGateway(env: Readonly<Record<string, string>> = {}): Promise<ClientGateway> {
  const { operations, plugin } = recordOperations();
  const faults = { metronome: createFaultSwitch(), maple: createFaultSwitch() };
  const gateway = await startTestGateway({
    env,
    metronome: faults.metronome,
    maple: faults.maple,
    plugins: [plugin],
  });
  return { ...gateway, operations, faults };
}

/** Ids of the account's newest invoices, read in one page and by no client. */
export async function newestInvoices(gateway: TestGateway, first: number): Promise<readonly string[]> {
  const documentId = operationIds.get('InvoiceList');
  const { body } = await sendOperation(gateway.url, 'GET', { documentId, variables: { identifier, first } });
  const edges = pickList(body, 'data', 'account', 'invoices', 'edges');
  return edges.map((edge) => pickText(edge, 'node', 'id'));
}
