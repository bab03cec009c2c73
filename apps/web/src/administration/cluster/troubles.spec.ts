import { describe, expect, it } from '@jest/globals';
import { services, type Alarm, type ClusterNode, type Job } from '../../rest/cluster';
import { troublesOf } from './troubles';

const node = (change: Partial<ClusterNode> = {}): ClusterNode => ({
  nodeId: 'gateway-1',
  service: 'gateway',
  version: '1.0.0',
  state: 'running',
  uptimeMillis: 100_000,
  cpuShare: 0.1,
  residentBytes: 1,
  eventLoopLagMillis: { p99: 11, max: 20 },
  requestsPerSecond: 0,
  lease: { isHeld: true, lapsedMillis: 0, lapses: 0 },
  hasCaches: true,
  isAdmitted: true,
  isLeader: false,
  silentMillis: 0,
  jobsRunning: 0,
  caches: [],
  ...change,
});
const healthy = services.map((service) =>
  node({ nodeId: `${service}-1`, service, isLeader: service === 'cluster-coordinator' }),
);
const withFirst = (change: Partial<ClusterNode>) => [node({ ...healthy[0], ...change }), ...healthy.slice(1)];
const now = Date.parse('2026-03-01T12:00:00Z');
const told = (nodes: readonly ClusterNode[], jobs: readonly Job[] = [], alarms: readonly Alarm[] = []) =>
  troublesOf({ nodes, jobs, alarms }, 'en', now).map(({ key, values }) => [key, values]);

describe('the troubles of a cluster', () => {
  it('are none where all is well', () => {
    expect(told(healthy)).toEqual([]);
  });

  it.each<[string, Partial<ClusterNode>, unknown]>([
    [
      'a node that fell silent',
      { state: 'unreachable', silentMillis: 12_400 },
      ['trouble.silent', { node: 'gateway-1', for: '12 sec' }],
    ],
    [
      'a lost lease, with what it means for the caches',
      { lease: { isHeld: false, lapsedMillis: 12_000, lapses: 1 } },
      ['trouble.leaseLostCaches', { node: 'gateway-1', for: '12 sec' }],
    ],
    [
      'a lost lease without caches',
      { hasCaches: false, lease: { isHeld: false, lapsedMillis: 2_000, lapses: 1 } },
      ['trouble.leaseLost', { node: 'gateway-1', for: '2 sec' }],
    ],
    ['a node that isn’t admitted', { isAdmitted: false }, ['trouble.notAdmitted', { node: 'gateway-1' }]],
    [
      'an event loop that is late',
      { eventLoopLagMillis: { p99: 900.4, max: 1_000 } },
      ['trouble.lag', { node: 'gateway-1', millis: 900 }],
    ],
    ['a node that drains', { state: 'draining' }, ['trouble.draining', { node: 'gateway-1' }]],
    ['versions that differ', { version: '1.1.0' }, ['trouble.versions', { versions: '1.0.0, 1.1.0' }]],
    ['a ledger that can’t be read', { jobsRunning: null }, ['trouble.noLedger', {}]],
  ])('name %s', (_name, change, trouble) => {
    expect(told(withFirst(change))).toContainEqual(trouble);
  });

  it('are the newest alarm of each kind, for a day, also of a kind that is not known', () => {
    const alarm = (kind: string, at: string, id: string): Alarm => ({
      id,
      at,
      kind,
      nodeId: 'c-1',
      text: `text ${id}`,
    });
    const alarms = [
      alarm('stale-cache', '2026-03-01T11:58:00Z', '4'),
      alarm('stale-cache', '2026-03-01T11:00:00Z', '3'),
      alarm('of-tomorrow', '2026-03-01T12:00:01Z', '2'),
      alarm('safety-check', '2026-02-28T11:00:00Z', '1'),
    ];
    expect(told(healthy, [], alarms)).toEqual([
      ['alarm.staleCache', { node: 'c-1', for: '2 min', text: 'text 4' }],
      ['alarm.other', { node: 'c-1', for: '0 sec', text: 'text 2' }],
    ]);
  });

  it('don’t name a newcomer that is about to be admitted', () => {
    expect(told(withFirst({ isAdmitted: false, uptimeMillis: 5_000 }))).toEqual([]);
  });

  it('name services that nobody runs, and that nobody leads, first', () => {
    const gone = healthy.map((each) => ({ ...each, isLeader: false })).filter(({ service }) => service !== 'search');
    expect(told(withFirst({ state: 'draining' }).slice(0, 1)).at(-1)).toEqual([
      'trouble.draining',
      { node: 'gateway-1' },
    ]);
    expect(told(gone)).toEqual([
      ['trouble.noLeader', {}],
      ['trouble.noCopy', { service: 'search' }],
    ]);
  });
});
