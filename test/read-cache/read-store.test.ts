import { describe } from 'vitest';
import { withoutRedis } from '../support/redis-server.ts';
import { makeMemoryPlace, makeRedisPlace } from './read-places.ts';
import { describeReadStore } from './read-store-contract.ts';

describeReadStore('a store of reads in memory', makeMemoryPlace);
describe.skipIf(withoutRedis('the store of reads in Redis'))('with Redis', () => {
  describeReadStore('a store of reads in Redis', makeRedisPlace);
});
