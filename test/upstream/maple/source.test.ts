import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startMapleUpstream, type MapleUpstream } from './maple-upstream.ts';

let upstream: MapleUpstream;
beforeEach(async () => {
  upstream = await startMapleUpstream();
});
afterEach(() => upstream.close());

describe('health', () => {
  it('asks one cheap list when nothing was heard yet, and then no more', async () => {
    expect(await upstream.source().health()).toBe('UP');
    expect(await upstream.source().health()).toBe('UP');
    expect(upstream.calls()).toEqual(['POST /customers/find']);
    expect(upstream.requests[0]?.body).toMatchObject({ pagination: { limit: 1 } });
  });

  it('asks nothing when the upstream was heard of just now', async () => {
    await upstream.source().customers.customer('cus_none');
    await upstream.source().health();
    expect(upstream.calls()).toEqual(['GET /customers/cus_none']);
  });

  it.each([{ kind: 'answer', status: 503, body: '' } as const, { kind: 'reset' } as const])(
    'says DOWN instead of throwing at $kind',
    async (fault) => {
      upstream.script('POST /customers/find', () => fault);
      expect(await upstream.source().health()).toBe('DOWN');
    },
  );
});

describe('the source', () => {
  it('says which provider it is and that it is the sandbox', () => {
    expect(upstream.source()).toMatchObject({ provider: 'MAPLE', sandbox: true });
  });
});
