import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pick, pickList, pickText } from '../../support/pick.ts';
import { refusal } from '../../support/upstream-outages.ts';
import {
  identifier,
  june,
  MANY_PAGES,
  mapleDown,
  mapleFailure,
  newestInvoices,
  startClientGateway,
  type ClientGateway,
} from '../client-gateway.ts';
import { refuseComplaints } from '../console-complaints.ts';
import { buildRelayApp, type RelayApp } from './build-relay-app.ts';
import { createRelayEnvironment } from './create-relay-environment.ts';

const variables = { identifier, first: 3, ...june };

let app: RelayApp;
beforeAll(async () => {
  app = await buildRelayApp();
}, 60_000);
afterAll(() => app.remove());

refuseComplaints();

describe('Relay, with the manifest of its compiler', () => {
  let gateway: ClientGateway;
  let environment: ReturnType<typeof createRelayEnvironment>;
  beforeEach(async () => {
    gateway = await startClientGateway({
      PERSISTED_OPERATIONS: 'only',
      PERSISTED_OPERATIONS_PATH: `schema/persisted-operations.json,${app.manifestPath}`,
    });
    environment = createRelayEnvironment({ url: gateway.url });
  });
  afterEach(() => gateway.stop());

  it('type-checks with the types that the compiler has written', async () => {
    const options = '--noEmit --strict --exactOptionalPropertyTypes --skipLibCheck --verbatimModuleSyntax';
    const modules = '--target es2025 --module esnext --moduleResolution bundler';
    const { stdout } = await promisify(execFile)(
      resolve('node_modules/.bin/tsc'),
      [...options.split(' '), ...modules.split(' '), '--types', '', 'invoice-list.ts'],
      { cwd: app.folder },
    );
    expect(stdout).toBe('');
  });

  it("walks three pages of invoices by the account's global id, without loss or repetition", async () => {
    const account = await open();
    for (let page = 1; page < 3; page += 1) await app.invoiceList.moreInvoices(environment, account, 3);
    expect(gateway.operations).toEqual([
      'POST invoiceListQuery by id',
      'POST invoiceListMoreQuery by id',
      'POST invoiceListMoreQuery by id',
    ]);
    expect(await shownIds(account)).toEqual(await newestInvoices(gateway, 9));
  });

  it('goes on with a list after a system has failed in the middle of it', async () => {
    const account = await open();
    gateway.faults.maple.turnOn(mapleDown);
    await app.invoiceList.moreInvoices(environment, account, 3);
    expect(pick(await shown(account), 'failures')).toEqual([mapleFailure]);
    gateway.faults.maple.turnOff();
    for (let page = 0; page < MANY_PAGES && (await hasMore(account)); page += 1)
      await app.invoiceList.moreInvoices(environment, account, 3);
    const all = await newestInvoices(gateway, 100);
    expect((await shownIds(account)).toSorted()).toEqual(all.toSorted());
  });

  it('shows a voided invoice as void in a list that it has asked for before', async () => {
    const account = await open();
    const place = (await statuses(account)).indexOf('OPEN');
    gateway.operations.length = 0;
    const invoiceId = (await shownIds(account))[place];
    await app.invoiceList.voidInvoice(environment, { idempotencyKey: 'void-1', invoiceId });
    expect((await statuses(account))[place]).toBe('VOID');
    expect(gateway.operations).toEqual(['POST invoiceListVoidMutation by id']);
  });

  it('gives the part of one system, and where the other is missing', async () => {
    gateway.faults.maple.turnOn(mapleDown);
    const account = await open();
    expect(account.costTotals).toEqual({
      ok: false,
      errors: [{ extensions: { code: 'UPSTREAM_UNAVAILABLE', provider: 'MAPLE' } }],
    });
    expect(pick(await shown(account), 'failures')).toEqual([mapleFailure]);
    expect(await shownIds(account)).toHaveLength(3);
  });

  it('gives the failure of a mutation as a member of its result', async () => {
    const invoiceId = (await shownIds(await open()))[1];
    gateway.faults.metronome.turnOn(({ path }) => (path.endsWith('/void') ? refusal(429) : undefined));
    expect(
      await app.invoiceList.voidInvoice(environment, { idempotencyKey: 'void-2', invoiceId }),
    ).toMatchObject({ __typename: 'UpstreamUnavailableError', code: 'UPSTREAM_RATE_LIMITED' });
  });

  async function open(): Promise<object & { readonly costTotals: unknown }> {
    const account = await app.invoiceList.openInvoices(environment, variables);
    if (account === null) throw new Error('no such account');
    return account;
  }

  async function shown(account: object): Promise<unknown> {
    return pick(await app.invoiceList.shownInvoices(environment, account), 'invoices');
  }

  async function hasMore(account: object): Promise<boolean> {
    return pick(await shown(account), 'pageInfo', 'hasNextPage') === true;
  }

  async function shownIds(account: object): Promise<readonly string[]> {
    return pickList(await shown(account), 'edges').map((edge) => pickText(edge, 'node', 'id'));
  }

  async function statuses(account: object): Promise<readonly string[]> {
    return pickList(await shown(account), 'edges').map((edge) => pickText(edge, 'node', 'status'));
  }
});

describe('Relay, where its manifest is not loaded', () => {
  it('fails with the error of the gateway', async () => {
    const gateway = await startClientGateway();
    const environment = createRelayEnvironment({ url: gateway.url });
    await expect(app.invoiceList.openInvoices(environment, variables)).rejects.toThrow(
      'PersistedQueryNotFound',
    );
    await gateway.stop();
  });
});
