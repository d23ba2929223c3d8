import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RawHeader } from '../../support/raw-exchange.ts';
import { expectSame, expectSameTwice, startBothWays, type BothWays } from './both-ways.ts';
import { get } from './requests.ts';
import { REQUESTS_BY_BODY } from './requests-by-body.ts';
import { REQUESTS_BY_FRAMING } from './requests-by-framing.ts';
import { REQUESTS_BY_HEAD } from './requests-by-head.ts';
import { HOSTILE_REQUESTS, REQUESTS_BY_ID, requestsOfApps, SHOWN_REQUESTS } from './requests-by-operation.ts';

const CUSTOMERS = '{ customers(first: 2) { nodes { id name } } }';
const GRAPHQL: RawHeader = ['Accept', 'application/graphql-response+json'];

describe('without the server and by it, answers are the same', () => {
  let ways: BothWays;
  beforeAll(async () => {
    ways = await startBothWays();
    // So that the documents of all these requests are known.
    await expectSameTwice(ways, REQUESTS_BY_HEAD.slice(0, 3));
  });
  afterAll(() => ways.stop());

  it.each([...REQUESTS_BY_HEAD, ...REQUESTS_BY_FRAMING])('to $title', async ({ bytes, endsAfter }) => {
    await expectSame(ways, bytes, endsAfter);
  });

  it.each([...REQUESTS_BY_BODY, ...REQUESTS_BY_ID, ...HOSTILE_REQUESTS, ...SHOWN_REQUESTS])(
    'to $title, twice',
    async (request) => {
      await expectSameTwice(ways, [request]);
    },
  );

  it('to every operation of an app, as a document and in each form of its id', async () => {
    const [requests = []] = await Promise.all(ways.gateways.map(requestsOfApps));
    expect(requests.length).toBeGreaterThan(100);
    for (const { bytes } of requests) await expectSame(ways, bytes);
  });

  it('to a client that has the answer already', async () => {
    const [first] = await expectSame(ways, get({ query: CUSTOMERS }));
    const tag = first?.headers.find((header) => header.startsWith('etag: '))?.slice('etag: '.length) ?? '';
    expect(tag).not.toBe('');
    for (const match of [
      tag,
      `W/${tag}`,
      `"x", ${tag}`,
      '*',
      ' * ',
      '"x"',
      '',
      'x',
      tag.slice(1),
      `${tag},`,
    ]) {
      const [answer] = await expectSame(ways, get({ query: CUSTOMERS }, ['If-None-Match', match]));
      expect(answer?.statusLine).toMatch(match.includes(tag) || match.includes('*') ? / 304 / : / 200 /);
    }
    await expectSame(ways, get({ query: CUSTOMERS }, ['If-None-Match', '"x"'], ['If-None-Match', tag]));
    await expectSame(ways, get({ query: CUSTOMERS }, GRAPHQL, ['If-None-Match', tag]));
  });
});
