import { existsSync } from 'node:fs';
import { env } from 'node:process';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';

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

/** On a laptop the browser may be missing; where commits are judged that is a failure. */
export const isMissing = !existsSync(CHROMIUM) && env['CI'] === undefined;
if (isMissing) process.stderr.write(`\nNOT TESTED: anything in a browser, for there is no ${CHROMIUM}.\n\n`);

/** Starts the browser without a window. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

/** Opens GraphiQL and waits for its editors with an operation; before, clicks on its buttons are lost. */
export async function openGraphiQL(page: Page, url: string, operation: string): Promise<void> {
  await page.goto(url);
  await page
    .locator('.graphiql-query-editor .view-line')
    .getByText(operation, { exact: true })
    .first()
    .waitFor();
  await page.locator('.result-window .monaco-editor').waitFor();
}

/** The tab of an operation. */
export function tab(page: Page, operation: string): Locator {
  return page.getByRole('tab').getByRole('button', { name: operation, exact: true });
}

/** Opens the tab of an operation, and waits until GraphiQL has taken it up. */
export async function openTab(page: Page, operation: string): Promise<void> {
  await tab(page, operation).click();
  // GraphiQL takes up an edited query with a delay, and then shows it in the address.
  await page.waitForURL(({ searchParams }) => isOperation(searchParams.get('query') ?? '', operation));
}

/** Runs what is in the editor. */
export async function run(page: Page): Promise<void> {
  await page.getByRole('button', { name: /execute query/i }).click();
}

/** A word of the shown answer. */
export function answer(page: Page, word: string): Locator {
  return page.locator('.result-window .view-line').getByText(word, { exact: true }).first();
}

function isOperation(query: string, name: string): boolean {
  return query.includes(`query ${name}`) || query.includes(`mutation ${name}`);
}
