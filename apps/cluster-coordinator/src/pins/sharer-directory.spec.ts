import { deflateRawSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { BucketSet } from '@tributary/cluster';
import { cluster } from '@tributary/contracts';
import { SharerDirectory } from './sharer-directory.js';

const members = [1, 2];
const [a, b] = [cluster.bucketOf('content:1'), cluster.bucketOf('content:2')];
let directory: SharerDirectory;
let change: number;

const listing = (incarnation: number, more: Partial<cluster.Listing>): cluster.Listing => ({
  store: 0,
  token: 1,
  nodeId: `node-${incarnation}`,
  incarnation,
  change: (change += 1),
  adds: [],
  drops: [],
  ...more,
});

const whole = (...buckets: number[]): string => BucketSet.of(buckets).toText();

beforeEach(() => {
  directory = new SharerDirectory();
  change = 0;
});

describe('the directory of sharers', () => {
  it('names everybody whose list it does not know (R15)', () => {
    directory.take(listing(1, { adds: [[a, 0]] }));
    expect(directory.sharersOf(['content:2'], members)).toEqual([1, 2]);
    directory.take(listing(1, { all: whole(a) }));
    expect(directory.sharersOf(['content:2'], members)).toEqual([2]);
    expect(directory.sharersOf(['content:1'], members)).toEqual([1, 2]);
  });

  it('names who has listed one of the tags, until it withdraws or goes', () => {
    for (const incarnation of members) directory.take(listing(incarnation, { all: whole() }));
    directory.take(
      listing(1, {
        adds: [
          [a, 0],
          [b, 0],
        ],
      }),
    );
    expect(directory.sharersOf(['content:9', 'content:2'], members)).toEqual([1]);
    directory.take(listing(1, { drops: [b] }));
    expect(directory.sharersOf(['content:2'], members)).toEqual([]);
    directory.forget([1]);
    expect(directory.sharersOf(['content:2'], members)).toEqual([1]);
  });

  it('does not let what comes late undo a later listing (R16)', () => {
    const first = listing(1, { all: whole() });
    const withdrawn = listing(1, { drops: [a] });
    const again = listing(1, { adds: [[a, 0]] });
    for (const each of [first, again, withdrawn, first]) directory.take(each);
    expect(directory.sharersOf(['content:1'], [1])).toEqual([1]);
  });

  it.each([deflateRawSync(new Uint8Array(10_000_000)).toString('base64'), '', 'no list'])(
    'asks of everything whose list it can not read',
    (all) => {
      directory.take(listing(1, { all }));
      expect(directory.isUnlisted(1)).toBe(true);
    },
  );
});
