import { afterAll, beforeAll, describe, it } from 'vitest';
import { startBothWays, type BothWays } from './both-ways.ts';
import { REQUESTS_BY_BODY } from './requests-by-body.ts';
import { REQUESTS_BY_HEAD } from './requests-by-head.ts';

describe('without the server and by it, answers are the same', () => {
  let ways: BothWays;
  beforeAll(async () => {
    ways = await startBothWays();
  });
  afterAll(() => ways.stop());

  it.each(REQUESTS_BY_HEAD)('to $title', async ({ bytes, endsAfter }) => {
    await ways.same(bytes, endsAfter);
    await ways.same(bytes, endsAfter);
  });

  it.each(REQUESTS_BY_BODY)('to $title', async ({ bytes, endsAfter }) => {
    await ways.same(bytes, endsAfter);
    await ways.same(bytes, endsAfter);
  });
});
