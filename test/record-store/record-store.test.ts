import { describe } from 'vitest';
import { withoutRedis } from '../support/redis-server.ts';
import { makeRedisPlace, makeSqlitePlace } from './record-places.ts';
import { testRecordStore } from './record-store-contract.ts';

describe('a record store in SQLite', () => {
  testRecordStore(makeSqlitePlace);
});

describe.skipIf(withoutRedis('the record store in Redis'))('a record store in Redis', () => {
  testRecordStore(makeRedisPlace);
});
