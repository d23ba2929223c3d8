import { describe, expect, it } from 'vitest';
import { directParams } from '../../../src/server/direct/direct-params.ts';

describe('directParams', () => {
  it('keeps an address and a body apart that are the same text with other parameters', () => {
    const text = '{"documentId":"A","variables":{"x":"&documentId=A&variables={}&z="}}';
    const head = { contentLength: 0, mediaType: 'application/json' } as const;
    const posted = directParams({ ...head, method: 'POST', search: '' }, text);
    const got = directParams({ ...head, method: 'GET', search: text }, '');
    expect([posted?.variables, got?.variables]).toEqual([{ x: '&documentId=A&variables={}&z=' }, {}]);
    expect(got?.text).not.toBe(posted?.text);
  });
});
