import { describe, expect, it } from '@jest/globals';
import { administration } from '@tributary/contracts';
import { encodeMessage } from '../messages.js';
import { changesBetween } from './node-changes.js';
import { NodeTable } from './node-table.js';

const report = (nodeId: string, more: Partial<administration.NodeReport> = {}): administration.NodeReport => ({
  nodeId,
  service: 'pages',
  address: 'http://127.0.0.1:1',
  version: '1.0.0',
  pid: 1,
  state: 'running',
  isLeaving: false,
  uptimeMillis: 1_000,
  cpuShare: 0,
  residentBytes: 1,
  eventLoopLagMillis: { p99: 0, max: 0 },
  requestsPerSecond: 0,
  lease: { isHeld: true, lapsedMillis: 0, lapses: 0 },
  hasCaches: false,
  isAdmitted: false,
  isLeader: false,
  caches: [],
  ...more,
});
const silenceMillis = 3_000;
const hear = (table: NodeTable, each: administration.NodeReport, now: number): boolean =>
  table.take(each.nodeId, encodeMessage(each), now);
const tableOf = (...reports: administration.NodeReport[]): NodeTable => {
  const table = new NodeTable(silenceMillis);
  for (const each of reports) hear(table, each, 0);
  return table;
};

describe('the table of nodes', () => {
  it('shows who reported, in the order of a request and then by number', () => {
    const table = tableOf(report('pages-10'), report('pages-2'), report('gateway-1', { service: 'gateway' }));
    expect(table.all(1).map(({ nodeId, silentMillis }) => [nodeId, silentMillis])).toEqual([
      ['gateway-1', 1],
      ['pages-2', 1],
      ['pages-10', 1],
    ]);
  });

  it('shows who fell silent as unreachable and leading nobody, and forgets them after long', () => {
    const table = tableOf(report('a', { isLeader: true }));
    expect(table.all(silenceMillis - 1)).toMatchObject([{ state: 'running', isLeader: true }]);
    expect(table.all(silenceMillis)).toMatchObject([{ state: 'unreachable', isLeader: false }]);
    expect(table.all(600_000)).toEqual([]);
  });

  it('forgets at once who said goodbye, and takes no nonsense', () => {
    const table = tableOf(report('a'), report('b'));
    hear(table, report('a', { isLeaving: true }), 1);
    table.take('c', encodeMessage({ nodeId: 'c' }), 1);
    table.take('d', new Uint8Array([1, 2]), 1);
    expect(table.all(1).map(({ nodeId }) => nodeId)).toEqual(['b']);
  });

  it('has a limit', () => {
    const table = new NodeTable(silenceMillis);
    for (let index = 0; index < administration.nodesMax; index += 1) hear(table, report(`n${index}`), 0);
    expect([hear(table, report('one-more'), 0), hear(table, report('n7'), 0)]).toEqual([false, true]);
  });

  it('begins with what another one knows', () => {
    const known = tableOf(report('a'), report('b')).all(silenceMillis);
    const table = new NodeTable(silenceMillis);
    hear(table, report('b'), 10_000);
    table.seed(known, 10_000);
    expect(table.all(10_000).map(({ nodeId, state }) => [nodeId, state])).toEqual([
      ['a', 'unreachable'],
      ['b', 'running'],
    ]);
  });
});

describe('what changes between two looks', () => {
  const changes = (before: NodeTable, after: NodeTable, now = 1) => changesBetween(before.all(now), after.all(now));

  it('is nothing when nothing happened', () => {
    expect(changes(tableOf(report('a')), tableOf(report('a', { uptimeMillis: 2_000, cpuShare: 1 })))).toEqual([]);
  });

  it('is who came and who went, and how', () => {
    const before = tableOf(report('stopped'), report('dead'));
    const after = tableOf(report('new'));
    after.seed(tableOf(report('dead')).all(silenceMillis), 1);
    expect(changes(before, after)).toEqual([
      { event: 'node-left', nodeId: 'dead', service: 'pages', reason: 'silent' },
      { event: 'node-left', nodeId: 'stopped', service: 'pages', reason: 'stopped' },
      { event: 'node-joined', node: expect.objectContaining({ nodeId: 'new' }) },
    ]);
  });

  it('is a crash even when the next process came before anybody noticed', () => {
    expect(changes(tableOf(report('a')), tableOf(report('a', { pid: 2, uptimeMillis: 10 })))).toMatchObject([
      { event: 'node-left', nodeId: 'a', reason: 'silent' },
      { event: 'node-joined' },
    ]);
  });

  it('is a state, a lost lease, another leader', () => {
    const before = tableOf(report('a', { isLeader: true }), report('b'));
    const lease = { isHeld: false, lapsedMillis: 10, lapses: 1 };
    const after = tableOf(report('a', { state: 'draining' }), report('b', { isLeader: true, lease }));
    expect(changes(before, after)).toEqual([
      { event: 'node-changed', nodeId: 'a', service: 'pages', state: 'draining' },
      { event: 'lease-lapsed', nodeId: 'b', service: 'pages' },
      { event: 'leader-changed', nodeId: 'b', formerNodeId: 'a' },
    ]);
  });
});
