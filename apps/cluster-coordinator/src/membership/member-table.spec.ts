import { beforeEach, describe, expect, it } from '@jest/globals';
import type { cluster } from '@tributary/contracts';
import { MemberTable } from './member-table.js';

const leaseMillis = 3_000;
let table: MemberTable;

const registration = (replaces = 0): cluster.MemberRegistration => ({
  service: 'gateway',
  nodeId: 'gateway-1',
  address: '',
  version: '',
  startedAt: '',
  pid: 1,
  caches: true,
  incarnation: 0,
  replaces,
  admitted: false,
});

beforeEach(() => {
  table = new MemberTable(leaseMillis);
});

describe('whom a leader counts', () => {
  it('is who registered before its election, and a joiner from its admission on (R7, R8)', () => {
    table.seen(registration(), 5, 0, true);
    table.seen(registration(), 7, 0, false);
    expect(table.confirming()).toEqual([5]);
    table.admitAll();
    expect(table.confirming()).toEqual([5, 7]);
  });

  it('ends with a lease of silence before a mark, not before (R4)', () => {
    table.seen(registration(), 5, 100, true);
    expect(table.countOut(100 + leaseMillis - 1)).toEqual([]);
    table.seen(registration(), 5, 900, true);
    expect(table.countOut(100 + leaseMillis)).toEqual([]);
    expect(table.countOut(900 + leaseMillis)).toEqual([5]);
    table.seen(registration(), 5, 5_000, true);
    expect(table.all()).toEqual([]);
  });

  it('ends when the process itself says that it has lapsed, so that writes under way wait for it no longer', () => {
    table.seen(registration(), 5, 0, true);
    expect(table.seen(registration(5), 9, 10, false)).toEqual([5]);
    expect(table.has(5)).toBe(false);
  });
});
