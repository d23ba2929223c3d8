import type { Plugin } from 'graphql-yoga';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../support/manifest-folder.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';
import { isMissing, launchChromium } from './chromium.ts';

const KEYS = ['key-of-one', 'key-of-another'] as const;
const CATALOGUE = '{ plans(first: 2) { nodes { name } } }';
const CUSTOMERS = '{ customers(first: 2) { nodes { name } } }';

describe.skipIf(isMissing)("a browser's cache", () => {
  let statuses: number[];
  const answered: Plugin = {
    onResponse({ request, response }) {
      if (request.url.includes('?query=')) statuses.push(response.status);
    },
  };
  let gateway: TestGateway;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const keys = KEYS.map((key, index) => `client-${index}:read:${sha256(key)}`).join(',');
    gateway = await startTestGateway({ env: { GATEWAY_API_KEYS: keys }, plugins: [answered] });
    browser = await launchChromium();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await gateway.stop();
  });
  beforeEach(async () => {
    statuses = [];
    page = await browser.newPage();
    await page.goto(new URL('/livez', gateway.url).href);
  });
  afterEach(() => page.context().close());

  /** What the page gets of a GET request; how it comes by it is the browser's business. */
  async function get(query: string, headers: Readonly<Record<string, string>>): Promise<unknown> {
    const url = `${gateway.url}?query=${encodeURIComponent(query)}`;
    const options = JSON.stringify({ headers });
    const body: unknown = await page.evaluate(
      `fetch(${JSON.stringify(url)}, ${options}).then((r) => r.json())`,
    );
    return body;
  }

  it('answers for the catalogue without asking again', async () => {
    const first = await get(CATALOGUE, { 'x-api-key': KEYS[0] });
    expect(first).toHaveProperty('data.plans.nodes.1.name');
    expect(await get(CATALOGUE, { 'x-api-key': KEYS[0] })).toEqual(first);
    expect(statuses).toEqual([200]);
  });

  it('asks again for customers, and gets nothing twice', async () => {
    const first = await get(CUSTOMERS, { 'x-api-key': KEYS[0] });
    expect(first).toHaveProperty('data.customers.nodes.1.name');
    expect(await get(CUSTOMERS, { 'x-api-key': KEYS[0] })).toEqual(first);
    expect(statuses).toEqual([200, 304]);
  });

  it.each([
    ['another key', { 'x-api-key': KEYS[1] }, 304],
    ['the key in another header', { authorization: `Bearer ${KEYS[0]}` }, 304],
    ['no key', {}, 401],
  ])('asks again with %s', async (_what, headers, status) => {
    await get(CATALOGUE, { 'x-api-key': KEYS[0] });
    await get(CATALOGUE, headers);
    expect(statuses).toEqual([200, status]);
  });
});
