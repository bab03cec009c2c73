import { beforeEach, describe, expect, it } from '@jest/globals';
import type { cluster } from '@tributary/contracts';
import { Registrations } from './registrations.js';

const leaseMillis = 3_000;
let registrations: Registrations;

const registration = (nodeId: string, replaces = 0): cluster.MemberRegistration => ({
  service: 'gateway',
  nodeId,
  address: '',
  version: '',
  startedAt: '',
  pid: 1,
  caches: true,
  incarnation: 0,
  replaces,
  admitted: false,
});
const put = (nodeId: string, incarnation: number, now: number, replaces = 0) =>
  registrations.put({ registration: registration(nodeId, replaces), incarnation }, now);
const counted = (now: number) => registrations.atElection(now).map((each) => each.incarnation);

beforeEach(() => {
  registrations = new Registrations(leaseMillis);
  registrations.watchBegan(0);
});

describe('whom a new leader counts', () => {
  it('is whoever is registered', () => {
    put('gateway-1', 5, 1);
    put('gateway-2', 6, 1);
    put('gateway-1', 5, 900);
    expect(counted(1_000)).toEqual([5, 6]);
  });

  it('is a member whose key a server with a fast clock dropped, for a lease (R4)', () => {
    put('gateway-1', 5, 1);
    registrations.keyRanOut('gateway-1', 500);
    expect(counted(500 + leaseMillis - 1)).toEqual([5]);
    expect(counted(500 + leaseMillis)).toEqual([]);
  });

  it('is nobody who gave the lease back, nor one whose process says that it lapsed', () => {
    put('gateway-1', 5, 1);
    put('gateway-2', 6, 1);
    registrations.left('gateway-1');
    registrations.keyRanOut('gateway-2', 500);
    put('gateway-2', 8, 600, 6);
    expect(counted(700)).toEqual([8]);
  });

  it('is also a process whose name another one took without replacing it', () => {
    put('gateway-1', 5, 1);
    put('gateway-1', 9, 500);
    expect(counted(600)).toEqual([9, 5]);
    expect(counted(500 + leaseMillis)).toEqual([9]);
  });

  it('is complete a lease after the watch began: earlier keys may have run out unseen', () => {
    put('gateway-1', 5, 1);
    registrations.watchBegan(10_000);
    expect(counted(10_000)).toEqual([]);
    expect(registrations.completeFrom()).toBe(10_000 + leaseMillis);
  });
});
