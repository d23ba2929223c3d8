import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';
import { readJson } from '../billing/read-json.ts';
import type { Driven } from '../run/drive.ts';
import type { BenchRequest } from '../targets/target.ts';

// Drives where there is no wrk: the requests in a file against an address; says what it saw in one line of JSON.

const [input = '', url = '', connections = '', seconds = ''] = process.argv.slice(2);
const requests = readJson<readonly BenchRequest[]>(readFileSync(input, 'utf8'));
let failures = 0;
const result = await autocannon({
  url,
  connections: Number(connections),
  duration: Number(seconds),
  requests: requests.map((request) => ({
    ...request,
    onResponse(status: number, body: string) {
      if (status !== 200 || body.includes('"errors"')) failures += 1;
    },
  })),
});
const driven: Driven = {
  requests: result.requests.total,
  seconds: result.duration,
  failures: failures + result.errors,
  p50Ms: result.latency.p50,
  p99Ms: result.latency.p99,
  maxMs: result.latency.max,
};
process.stdout.write(`${JSON.stringify(driven)}\n`);
