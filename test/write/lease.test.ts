import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { isOver, leaseSchema, leaseUntil } from '../../src/write/lease.ts';

const NOW = 1_000_000;

describe('a lease', () => {
  it('of this process is not over before its time', () => {
    expect(isOver(leaseUntil(NOW + 1), NOW)).toBe(false);
  });

  it.each([0, 1, 60_000])('is over when its time is, %i ms later too', (lateMs) => {
    expect(isOver(leaseUntil(NOW), NOW + lateMs)).toBe(true);
  });

  it('that there is none is over', () => {
    expect(isOver(null, NOW)).toBe(true);
  });

  it('of an earlier process with the same number is over', () => {
    expect(isOver({ ...leaseUntil(NOW + 1), process: 'an earlier one' }, NOW)).toBe(true);
  });

  it('of another machine is over with its time alone', () => {
    const lease = { ...leaseUntil(NOW + 1), host: 'elsewhere.example.com', process: 'another' };
    expect(isOver(lease, NOW)).toBe(false);
    expect(isOver(lease, NOW + 1)).toBe(true);
  });

  it('of another process of this machine is over as soon as that has ended', async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    await once(child, 'spawn');
    const lease = { ...leaseUntil(NOW + 1), pid: child.pid ?? 0, process: 'another' };
    expect(isOver(lease, NOW)).toBe(false);
    expect(isOver(lease, NOW + 1)).toBe(true);
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    expect(isOver(lease, NOW)).toBe(true);
  });

  it('of a process that may not be signalled is not over before its time', () => {
    // The first process of a machine is there for as long as this one is, and mostly another user's.
    expect(isOver({ ...leaseUntil(NOW + 1), pid: 1, process: 'another' }, NOW)).toBe(false);
  });

  it('is the same after it was kept as JSON', () => {
    const lease = leaseUntil(NOW);
    expect(leaseSchema.parse(JSON.parse(JSON.stringify(lease)))).toEqual(lease);
  });
});
