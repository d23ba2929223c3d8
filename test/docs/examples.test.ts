import { readFileSync } from 'node:fs';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { startGateway, type RunningGateway } from '../../src/server/start-gateway.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';
import { curlRequest } from './curl-request.ts';
import { documents } from './documents.ts';
import { markdownBlocks, type MarkdownBlock } from './markdown-blocks.ts';

/** Where the documents say that the gateway listens. */
const ADDRESS = 'http://127.0.0.1:4000';
/** Follows `graphql` in the fence of a query that is asked while Maple does not answer. */
const MAPLE_DOWN = 'graphql maple-down';

const examples = documents().flatMap((path) => {
  const blocks = markdownBlocks(readFileSync(path, 'utf8'));
  return blocks.filter(isRunnable).map((block) => ({ ...block, path, shown: answerOf(block, blocks) }));
});
const withAnswer = examples.flatMap(({ shown, ...example }) =>
  shown === null ? [] : [{ ...example, shown }],
);
const withoutAnswer = examples.filter(({ shown }) => shown === null);

describe('the examples of the documents', () => {
  let gateway: RunningGateway;
  let withoutMaple: TestGateway;
  beforeAll(async () => {
    // What `npm start` starts, on another port.
    gateway = await startGateway(readConfig({ PORT: '0' }), pino({ level: 'silent' }), {
      answersDirectly: inject('answersDirectly'),
    });
    withoutMaple = await startTestGateway({
      maple: { onRequest: () => ({ kind: 'answer', status: 503, body: '' }) },
    });
  });
  afterAll(async () => {
    await gateway.stop();
    await withoutMaple.stop();
  });

  it('show a query with its answer in the README', () => {
    const shown = withAnswer.filter(({ path }) => path === 'README.md');
    expect(shown.map(({ info }) => info)).toContain('sh');
  });

  it.each(withAnswer)('answer as $path line $line shows', async ({ info, text, shown }) => {
    expect(await ask(info, text)).toEqual(JSON.parse(shown));
  });

  it.each(withoutAnswer)('answer $path line $line without errors', async ({ info, text }) => {
    expect(await ask(info, text)).not.toHaveProperty('errors');
  });

  function ask(info: string, text: string): Promise<unknown> {
    switch (info) {
      case 'sh':
        return askByCurl(text);
      case MAPLE_DOWN:
        return withoutMaple.answer(text);
      default:
        return answerTo(gateway.url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query: text }),
        });
    }
  }

  function askByCurl(command: string): Promise<unknown> {
    const { url, method, headers, body } = curlRequest(command);
    expect(url.origin).toBe(ADDRESS);
    return answerTo(new URL(`${url.pathname}${url.search}`, gateway.url).href, { method, headers, body });
  }
});

async function answerTo(url: string, request: RequestInit): Promise<unknown> {
  const response = await fetch(url, request);
  const answer: unknown = await response.json();
  return answer;
}

function isRunnable({ info, text }: MarkdownBlock): boolean {
  return info.startsWith('graphql') || (info === 'sh' && text.startsWith('curl '));
}

/** The text of the JSON block right after a block; null where none follows it. */
function answerOf(block: MarkdownBlock, blocks: readonly MarkdownBlock[]): string | null {
  const next = blocks[blocks.indexOf(block) + 1];
  return next?.info === 'json' ? next.text : null;
}
