import { describe, expect, it } from 'vitest';
import { isRedisUrl } from '../../src/record-store/redis-url.ts';

describe('isRedisUrl', () => {
  it.each([
    'redis://host',
    'redis://127.0.0.1:6379/',
    'rediss://[::1]/0',
    'redis://:50%25@host/12',
    'rediss://gateway:word@redis.example.com:6380/3',
  ])('is true of %s', (url) => {
    expect(isRedisUrl(url)).toBe(true);
  });

  it.each([
    ['no URL at all', 'x'],
    ['no host', 'redis://'],
    ['no host but a path', 'redis:///1'],
    ['no protocol', 'host:6379'],
    ['another protocol', 'http://host'],
    ['a socket file', 'unix:///run/redis.sock'],
    ['a port that there is not', 'redis://host:65536'],
    ['a database with a name', 'redis://host/name'],
    ['two databases', 'redis://host/1/2'],
    ['a query', 'redis://host?db=1'],
    ['a fragment', 'redis://host#1'],
    ['a name without a password', 'redis://name@host'],
    ['a password with a lone percent sign', 'redis://:50%@host'],
    ['a password that is no UTF-8', 'redis://:50%ff@host'],
  ])('is false of %s', (_what, url) => {
    expect(isRedisUrl(url)).toBe(false);
  });
});
