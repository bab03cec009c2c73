import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Holder } from '@tributary/database';
import { HolderJudge, OtherClusterError } from './own-database.js';

const holdMillis = 6_000;
const own = { store: 2_000, clusterId: undefined };
let judge: HolderJudge;

const holder = (more: Partial<Holder> = {}): Holder => ({
  clusterId: 'one',
  epoch: 3,
  store: 1_000,
  beat: 10,
  holdMillis,
  nodes: ['gateway-1', 'pages-1'],
  ...more,
});

beforeEach(() => {
  judge = new HolderJudge();
});

describe('whose a database is', () => {
  it.each([
    ['a new one is free', undefined, 'free'],
    ['one that was given up is free', holder({ store: null }), 'free'],
    ['one that the own store has is mine', holder({ store: own.store }), 'mine'],
    ['one that another store has may be held', holder(), 'unclear'],
  ] as const)('%s', (_what, row, ownership) => {
    expect(judge.judge(row, own, 0)).toBe(ownership);
  });

  it('it is free after a whole hold without a renewal, by the own clock', () => {
    judge.judge(holder(), own, 100);
    expect(judge.judge(holder(), own, 100 + holdMillis - 1)).toBe('unclear');
    expect(judge.judge(holder(), own, 100 + holdMillis)).toBe('free');
  });

  it('it is held, and by whom, as soon as it is renewed; and free a hold after the last renewal', () => {
    judge.judge(holder(), own, 0);
    const held = () => judge.judge(holder({ beat: 11 }), own, 900);
    expect(held).toThrow(OtherClusterError);
    expect(() => judge.judge(holder({ beat: 12 }), own, 1_000)).toThrow(/nodes are gateway-1, pages-1\. /);
    expect(judge.judge(holder({ beat: 12 }), own, 1_000 + holdMillis - 1)).toBe('unclear');
    expect(judge.judge(holder({ beat: 12 }), own, 1_000 + holdMillis)).toBe('free');
  });

  it('it is not mine when NATS belongs to another cluster, a new database included', () => {
    const foreign = { ...own, clusterId: 'other' };
    for (const row of [undefined, holder({ store: null }), holder({ store: own.store })])
      expect(() => judge.judge(row, foreign, 0)).toThrow(/NATS servers belong to the cluster other/);
  });
});
