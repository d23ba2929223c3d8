import { existsSync } from 'node:fs';
import { env } from 'node:process';
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EXAMPLE_QUERIES } from '../../src/server/example-queries.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

/** Debian's, and most distributions'; playwright-core brings no browser. */
const CHROMIUM = '/usr/bin/chromium';
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PICTURE = 'docs/images/graphiql.png';

/** On a laptop the browser may be missing; where commits are judged that is a failure. */
const skipped = !existsSync(CHROMIUM) && env['CI'] === undefined;
if (skipped) process.stderr.write(`\nNOT TESTED: GraphiQL in a browser, for there is no ${CHROMIUM}.\n\n`);

describe.skipIf(skipped)('GraphiQL in a browser', () => {
  let gateway: TestGateway;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let requested: string[];
  let complaints: string[];

  beforeAll(async () => {
    gateway = await startTestGateway();
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
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

  it('opens with one tab for each example query', async () => {
    await page.goto(gateway.url);
    const names = EXAMPLE_QUERIES.map(({ query }) => /^query (\w+)/m.exec(query)?.[1]);
    await tab(page, 'Providers').waitFor();
    expect(await page.getByRole('tab').allInnerTexts()).toEqual(names);
  });

  it('runs the first query, shows both systems, asks no other host and complains of nothing', async () => {
    await open(page, gateway.url, 'Account');
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

  it('runs a query whose variables its tab brings along', async () => {
    await open(page, gateway.url, 'Account');
    await tab(page, 'ById').click();
    // GraphiQL takes up an edited query with a delay, and then shows it in the address.
    await page.waitForURL(({ searchParams }) => searchParams.get('query')?.includes('query ById') === true);
    await run(page);
    await answer(page, '"acct_1001"').waitFor();
    expect(complaints).toEqual([]);
  });

  it('opens the query of its address in a tab of its own', async () => {
    const query = encodeURIComponent('query Health { providers { provider status } }');
    await open(page, `${gateway.url}?query=${query}`, 'Health');
    await run(page);
    await answer(page, '"UP"').waitFor();
    expect((await page.getByRole('tab').allInnerTexts()).slice(0, 2)).toEqual(['Health', 'Account']);
  });
});

function tab(page: Page, name: string): Locator {
  return page.getByRole('tab').getByRole('button', { name, exact: true });
}

async function run(page: Page): Promise<void> {
  await page.getByRole('button', { name: /execute query/i }).click();
}

/** Opens the page and waits for its editors; before, clicks on its buttons are lost. */
async function open(page: Page, url: string, operation: string): Promise<void> {
  await page.goto(url);
  await page
    .locator('.graphiql-query-editor .view-line')
    .getByText(operation, { exact: true })
    .first()
    .waitFor();
  await page.locator('.result-window .monaco-editor').waitFor();
}

/** A word of the shown answer. */
function answer(page: Page, word: string): Locator {
  return page.locator('.result-window .view-line').getByText(word, { exact: true }).first();
}

/** Blobs belong to the page that made them, and `data:` is no request at all. */
function isOf(gateway: TestGateway, url: string): boolean {
  const { origin, protocol } = new URL(url);
  return origin === new URL(gateway.url).origin || protocol === 'data:';
}
