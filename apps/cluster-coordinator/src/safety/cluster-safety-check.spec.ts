import { describe, expect, it } from '@jest/globals';
import type { Holder } from '@tributary/database';
import { disagreements, type BothSides } from './cluster-safety-check.job.js';

const holder: Holder = { clusterId: 'one', epoch: 2, store: 7, beat: 100, holdMillis: 6_000, nodes: [] };
const known = { clusterId: 'one', epoch: 2, beat: 99 };
const both = (more: Partial<BothSides> = {}): BothSides => ({
  store: 7,
  known,
  holder,
  later: { ...holder, beat: 106 },
  ...more,
});

describe('the cluster safety check', () => {
  it('has nothing to say where both sides agree', () => {
    expect(disagreements(both())).toEqual([]);
  });

  it.each<[string, Partial<BothSides>, RegExp]>([
    ['a NATS that knows nothing', { known: undefined }, /does not know which cluster/],
    ['a NATS of another cluster', { known: { ...known, clusterId: 'other' } }, /belongs to the cluster other/],
    [
      'an epoch that the database does not know',
      { known: { ...known, epoch: 3 } },
      /NATS is in epoch 3, the database in 2/,
    ],
    ['a database that is behind', { known: { ...known, beat: 140 } }, /40 renewals behind NATS/],
    ['a database that another one has', { later: { ...holder, store: 8, beat: 106 } }, /held by another store/],
    ['a hold that nobody renews', { later: holder }, /Nobody renews/],
  ])('names %s', (_what, more, text) => {
    expect(disagreements(both(more)).join('; ')).toMatch(text);
  });
});
