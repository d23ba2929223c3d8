import { chromium } from 'playwright-core';
import { startTestGateway } from '../support/test-gateway.ts';
import { createHash } from 'node:crypto';
import { answer, openGraphiQL, run } from './chromium.ts';
const key = createHash('sha256').update('secret').digest('hex');
const gateway = await startTestGateway({ env: { GATEWAY_API_KEYS: `a:write:${key}` } });
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--headless','--no-sandbox','--disable-gpu','--disable-quic'] });
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
page.setDefaultTimeout(8000);
try {
await openGraphiQL(page, gateway.url, 'Account'); console.log('open');
const headers = page.locator('[aria-label="Headers"] .view-line');
console.log(await headers.allInnerTexts());
await headers.getByText('"YOUR-API-KEY"', { exact: true }).waitFor(); console.log('placeholder');
await run(page); await answer(page, '"UNAUTHENTICATED"').waitFor(); console.log('unauth');
await headers.getByText('"YOUR-API-KEY"', { exact: true }).click();
await page.keyboard.press('Control+A');
await page.keyboard.insertText('{ "x-api-key": "secret" }');
await page.waitForTimeout(500);
console.log(await headers.allInnerTexts());
await run(page);
await answer(page, '"Orchard Labs"').waitFor(); console.log('ran');
await page.reload();
await page.waitForTimeout(3000);
await page.screenshot({ path: '/tmp/k2.png' });
console.log(await headers.allInnerTexts());
} catch (e) { console.log(String(e).slice(0,400)); await page.screenshot({ path: '/tmp/k.png' }); }
await browser.close(); await gateway.stop();
