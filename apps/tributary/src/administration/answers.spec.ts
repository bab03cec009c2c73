import { describe, expect, it } from '@jest/globals';
import { table } from '../table.js';
import { rowsOf, type Member } from './answers.js';

const member: Member = {
  nodeId: 'cluster-coordinator-1',
  state: 'running',
  isLeader: true,
  version: '10.10.0',
  uptimeMillis: 3 * 86_400_000,
  lease: { isHeld: true },
  cpuShare: 0.987,
  residentBytes: 140 * 1024 * 1024,
  eventLoopLagMillis: { p99: 11.4 },
  jobsRunning: 2,
  requestsPerSecond: 999.94,
  caches: [
    { bytes: 40 * 1024 * 1024, hits: 90, misses: 5 },
    { bytes: 1024 * 1024, hits: 5, misses: 0 },
  ],
};

describe('members as people read them', () => {
  it('have all that troubleshooting asks for, in 100 columns', () => {
    const [heading = '', row = ''] = table(rowsOf([member])).split('\n');
    expect(row.split(/ {2,}/).join(' | ')).toBe(
      'cluster-coordinator-1 | running (leads) | 10.10.0 | 3d | held | 99% | 140M | 11ms | 2 | 999.9 | 41M 95%',
    );
    expect(heading.split(/ {2,}/)).toHaveLength(11);
    expect(Math.max(heading.length, row.length)).toBeLessThanOrEqual(100);
  });

  it.each([
    [59_999, '59s'],
    [60_000, '1m'],
    [86_399_999, '23h'],
  ])('have been there for %i ms, which is %s', (uptimeMillis, shown) => {
    expect(rowsOf([{ ...member, uptimeMillis }])[1]?.[3]).toBe(shown);
  });

  it('say where nothing is known or cached', () => {
    const idle = { ...member, lease: { isHeld: false }, jobsRunning: null, caches: [] };
    expect(table(rowsOf([idle])).split('\n')[1]).toMatch(/lapsed .* \? +999\.9 +-$/);
  });
});
