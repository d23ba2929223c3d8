import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { BenchRequest } from '../targets/target.ts';
import { startPinned } from './pinned-process.ts';

/** How hard to drive. */
export interface Load {
  readonly connections: number;
  readonly seconds: number;
}

/** What a driver saw. Latencies in milliseconds, of all answers. */
export interface Driven {
  /** Those that did not fail. */
  readonly requests: number;
  readonly seconds: number;
  /** Answers of another status than 200, or with errors in them, and connections that broke. */
  readonly failures: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

const driven = z.object({
  requests: z.number(),
  seconds: z.number(),
  failures: z.number(),
  p50Ms: z.number(),
  p99Ms: z.number(),
  maxMs: z.number(),
});

/** wrk costs a fraction of what autocannon does, so that less of the core is taken from the upstreams. */
export const driver = spawnSync('wrk', ['--version']).error === undefined ? 'wrk' : 'autocannon';

/** Sends requests one after another and round again over all connections, each waiting for its answer. */
export async function drive(
  url: string,
  requests: readonly BenchRequest[],
  { connections, seconds }: Load,
  folder: string,
): Promise<Driven> {
  const input = join(folder, driver === 'wrk' ? 'requests.lua' : 'requests.json');
  await writeFile(input, driver === 'wrk' ? luaScript(requests) : JSON.stringify(requests));
  const child =
    driver === 'wrk'
      ? startPinned('driver', 'wrk', [
          '-t1',
          `-c${connections}`,
          `-d${seconds}s`,
          '--timeout',
          '15s',
          '-s',
          input,
          url,
        ])
      : startPinned('driver', process.execPath, [
          join(import.meta.dirname, '../peers/drive-autocannon.ts'),
          input,
          url,
          String(connections),
          String(seconds),
        ]);
  if (child.stdout === null) throw new Error('The driver has no output');
  const [output] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  const line = output.split('\n').find((each) => each.startsWith('{'));
  if (line === undefined) throw new Error(`The driver failed: ${output}`);
  const all = driven.parse(JSON.parse(line));
  // Connections that broke have no answer that could be taken off.
  return { ...all, requests: Math.max(0, all.requests - all.failures) };
}

/** Counts a status, or errors in an answer, as a failure; tells the result as JSON, with failures among the requests. */
function luaScript(requests: readonly BenchRequest[]): string {
  const entries = requests.map(({ method, path, headers, body }) => {
    const table = Object.entries(headers).map(([name, value]) => `[${lua(name)}]=${lua(value)}`);
    return `wrk.format(${lua(method)}, ${lua(path)}, {${table.join(',')}}${body === undefined ? '' : `, ${lua(body)}`})`;
  });
  return `
local requests, place = {}, 0
failures = 0
function init()
  ${entries.map((entry, index) => `requests[${index + 1}] = ${entry}`).join('\n  ')}
end
function request()
  place = place % #requests + 1
  return requests[place]
end
function response(status, headers, body)
  if status ~= 200 or string.find(body, '"errors"', 1, true) then failures = failures + 1 end
end
local threads = {}
function setup(thread) threads[#threads + 1] = thread end
function done(summary, latency)
  local failures = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  for _, thread in ipairs(threads) do failures = failures + thread:get('failures') end
  io.write(string.format('{"requests":%d,"seconds":%.6f,"failures":%d,"p50Ms":%.3f,"p99Ms":%.3f,"maxMs":%.3f}\\n',
    summary.requests, summary.duration / 1e6, failures,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3))
end
`;
}

/** A Lua string. */
function lua(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;
}
