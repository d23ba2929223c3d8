import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { identifyCaller } from '../../src/server/identify-caller.ts';

function entry(name: string, role: string, key: string): string {
  return `${name}:${role}:${createHash('sha256').update(key).digest('hex')}`;
}

function keysOf(...entries: readonly string[]) {
  return readConfig({ GATEWAY_API_KEYS: entries.join(',') }).apiKeys;
}

const KEYS = keysOf(
  entry('reports', 'read', 'reports-key'),
  entry('billing-app', 'write', 'old-key'),
  entry('billing-app', 'write', 'new-key'),
);

describe('the caller of a request', () => {
  it.each([
    ['reports-key', { id: 'key:reports', role: 'read', scope: 'everything' }],
    ['old-key', { id: 'key:billing-app', role: 'write', scope: 'everything' }],
  ])('has the name and the role of the key %s, in either header', (key, caller) => {
    expect(identifyCaller(new Headers({ 'x-api-key': key }), KEYS)).toEqual(caller);
    expect(identifyCaller(new Headers({ authorization: `Bearer ${key}` }), KEYS)).toEqual(caller);
  });

  it('is the same for two keys of one name', () => {
    const [before, after] = ['old-key', 'new-key'].map((key) =>
      identifyCaller(new Headers({ 'x-api-key': key }), KEYS),
    );
    expect(after).toEqual(before);
  });

  it('is the one of x-api-key where both headers hold known keys', () => {
    const headers = new Headers({ 'x-api-key': 'reports-key', authorization: 'Bearer new-key' });
    expect(identifyCaller(headers, KEYS)).toMatchObject({ id: 'key:reports' });
  });

  it('is the one of the bearer token where x-api-key is empty', () => {
    const headers = new Headers({ 'x-api-key': '', authorization: 'Bearer new-key' });
    expect(identifyCaller(headers, KEYS)).toMatchObject({ id: 'key:billing-app' });
  });

  it.each<readonly [string, Record<string, string>]>([
    ['no key', {}],
    ['an empty key', { 'x-api-key': '' }],
    ['another key', { 'x-api-key': 'other-key' }],
    ['a known key behind a wrong one', { 'x-api-key': 'other-key', authorization: 'Bearer new-key' }],
  ])('is not known by %s', (_what, headers) => {
    expect(identifyCaller(new Headers(headers), KEYS)).toBeNull();
  });

  it('is not known by an empty key even where its hash is configured', () => {
    expect(identifyCaller(new Headers(), keysOf(entry('nobody', 'write', '')))).toBeNull();
  });

  it.each<readonly [string, Record<string, string>]>([
    ['no key', {}],
    ['some key', { 'x-api-key': 'reports-key' }],
  ])('is everyone, who may write, where no key is configured: a request with %s', (_what, headers) => {
    expect(identifyCaller(new Headers(headers), [])).toEqual({
      id: 'anonymous',
      role: 'write',
      scope: 'everything',
    });
  });

  it('is not everyone for a key that is named so', () => {
    const keys = keysOf(entry('anonymous', 'read', 'a-key'));
    expect(identifyCaller(new Headers({ 'x-api-key': 'a-key' }), keys)?.id).toBe('key:anonymous');
  });
});
