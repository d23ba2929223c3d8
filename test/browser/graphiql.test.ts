import { env } from 'node:process';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../support/manifest-folder.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';
import { answer, isMissing, launchChromium, openGraphiQL, openTab, run, tab } from './chromium.ts';

const PICTURE = 'docs/images/graphiql.png';

/** In the order of what they are for: one customer, apps' operations, details. */
const TABS = [
  'Account',
  'CustomerSearch',
  'BillingOverview',
  'InvoiceList',
  'InvoiceDetail',
  'CostChart',
  'PlanCatalogue',
  'AddCharge',
  'InvoiceLines',
  'OneTimeCharges',
  'ById',
  'Providers',
];

describe.skipIf(isMissing)('GraphiQL in a browser', () => {
  let gateway: TestGateway;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let requested: string[];
  let complaints: string[];

  beforeAll(async () => {
    gateway = await startTestGateway();
    browser = await launchChromium();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await gateway.stop();
  });

  beforeEach(async () => {
    requested = [];
    complaints = [];
    context = await browser.newContext({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 });
    context.on('request', (request) => requested.push(request.url()));
    context.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    context.on('weberror', (error) => complaints.push(String(error.error())));
    page = await context.newPage();
  });
  afterEach(() => context.close());

  it('opens with one tab for each task, all of them in sight', async () => {
    await page.goto(gateway.url);
    await tab(page, 'Providers').waitFor();
    expect(await page.getByRole('tab').allInnerTexts()).toEqual(TABS);
    for (const name of TABS) {
      const { x = -1, width = 0 } = (await tab(page, name).boundingBox()) ?? {};
      expect(x).toBeGreaterThan(0);
      expect(x + width).toBeLessThan(1280);
    }
  });

  it('runs the first query, shows both systems, asks no other host and complains of nothing', async () => {
    await openGraphiQL(page, gateway.url, 'Account');
    await run(page);
    await answer(page, '"METRONOME"').waitFor();
    await answer(page, '"MAPLE"').waitFor();
    await answer(page, '"Orchard Labs"').waitFor();
    await page.evaluate('document.fonts.ready');
    if (env['UPDATE_SCREENSHOTS'] === '1') await page.screenshot({ path: PICTURE });
    expect(requested.filter((url) => url === gateway.url).length).toBeGreaterThan(1);
    expect(requested.filter((url) => !isOf(gateway, url))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it.each([
    ['ById', '"acct_1001"'],
    ['CustomerSearch', '"Orchard Labs"'],
    ['CostChart', '"4600.2955"'],
    ['AddCharge', '"AddOneTimeChargeSuccess"'],
  ])('runs %s with the variables that its tab brings along', async (operation, word) => {
    await openGraphiQL(page, gateway.url, 'Account');
    await openTab(page, operation);
    await run(page);
    await answer(page, word).waitFor();
    expect(complaints).toEqual([]);
  });

  it('shows the id of a persisted operation, by which it runs', async () => {
    await openGraphiQL(page, gateway.url, 'Account');
    await openTab(page, 'PlanCatalogue');
    const query = new URL(page.url()).searchParams.get('query') ?? '';
    const [documentId = ''] = /sha256:[0-9a-f]{64}/.exec(query) ?? [];
    const response = await fetch(`${gateway.url}?${new URLSearchParams({ documentId }).toString()}`);
    expect(await response.json()).toHaveProperty('data.plans.nodes.0.name');
  });

  it('documents the fields', async () => {
    await openGraphiQL(page, gateway.url, 'Account');
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    const docs = page.locator('.graphiql-plugin');
    await docs.getByText('Query', { exact: true }).click();
    await docs.getByText('Everything both systems know about one of', { exact: false }).first().waitFor();
    await docs.getByText('Account', { exact: true }).first().click();
    await docs.getByText("The business's own customer, by its own identifier", { exact: false }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('opens the query of its address in a tab of its own', async () => {
    const query = encodeURIComponent('query Health { providers { provider status } }');
    await openGraphiQL(page, `${gateway.url}?query=${query}`, 'Health');
    await run(page);
    await answer(page, '"UP"').waitFor();
    expect((await page.getByRole('tab').allInnerTexts()).slice(0, 2)).toEqual(['Health', 'Account']);
  });
});

describe.skipIf(isMissing)('GraphiQL in a browser, where requests need a key', () => {
  const KEY = 'key-of-a-developer';
  let gateway: TestGateway;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    gateway = await startTestGateway({ env: { GATEWAY_API_KEYS: `developer:write:${sha256(KEY)}` } });
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await gateway.stop();
  });

  it('shows where the key goes, runs with it, and leaves it nowhere', async () => {
    const headers = page.locator('[aria-label="Headers"] .view-line');
    await openGraphiQL(page, gateway.url, 'Account');
    await headers.getByText('"YOUR-API-KEY"', { exact: true }).waitFor();
    await run(page);
    await answer(page, '"UNAUTHENTICATED"').waitFor();
    await headers.getByText('"YOUR-API-KEY"', { exact: true }).click();
    await page.keyboard.press('Control+A');
    // The editor closes the bracket itself.
    await page.keyboard.insertText(`{ "x-api-key": "${KEY}" `);
    await run(page);
    await answer(page, '"Orchard Labs"').waitFor();
    await page.reload();
    await headers.getByText('"YOUR-API-KEY"', { exact: true }).waitFor();
    expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain(KEY);
  });
});

/** Blobs belong to the page that made them, and `data:` is no request at all. */
function isOf(gateway: TestGateway, url: string): boolean {
  const { origin, protocol } = new URL(url);
  return origin === new URL(gateway.url).origin || protocol === 'data:';
}
