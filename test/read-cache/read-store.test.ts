import { describe } from 'vitest';
import { withoutRedis } from '../support/redis-server.ts';
import { makeMemoryPlace, makeRedisPlace } from './read-places.ts';
import { testReadStore } from './read-store-contract.ts';

describe('a store of reads in memory', () => {
  testReadStore(makeMemoryPlace);
});

describe.skipIf(withoutRedis('the store of reads in Redis'))('a store of reads in Redis', () => {
  testReadStore(makeRedisPlace);
});
