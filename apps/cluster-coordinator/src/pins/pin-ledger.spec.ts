import { beforeEach, describe, expect, it } from '@jest/globals';
import { cluster } from '@tributary/contracts';
import { PinLedger } from './pin-ledger.js';

const bucket = cluster.bucketOf('content:1');
const pin = { id: 'p', tags: ['content:1'] };
let ledger: PinLedger;

beforeEach(() => {
  ledger = new PinLedger(1_000);
  ledger.settle();
});

describe('the ledger of pins', () => {
  it('grants a pin that concerns nobody at once, and tells nobody of its end', () => {
    ledger.request('writer', [pin], 0);
    expect(ledger.begin([pin], [], {}, 0).grants.get('writer')).toEqual(['p']);
    expect([...(ledger.end(['p']).get('p') as Set<number>)]).toEqual([]);
  });

  it('tells of the end whom it told of the pin, or handed it to', () => {
    ledger.request('writer', [pin], 0);
    const { round, grants } = ledger.begin([pin], [4], {}, 0);
    expect(grants.size).toBe(0);
    expect(ledger.handTo(5, [bucket])).toEqual([pin]);
    expect(ledger.confirmed(round.number, 4).get('writer')).toEqual(['p']);
    expect([...(ledger.end(['p']).get('p') as Set<number>)]).toEqual([4, 5]);
    expect(ledger.end(['p']).get('p')).toBe('everybody');
  });

  it('knows what was pinned since a position, and of earlier ones only that it may have been', () => {
    const before = ledger.position;
    expect(ledger.touchedSince([[bucket, before]])).toEqual([]);
    expect(ledger.touchedSince([[bucket, 0]])).toEqual([bucket]);
    ledger.request('writer', [pin], 0);
    expect(ledger.touchedSince([[bucket, ledger.position]])).toEqual([bucket]);
    const during = ledger.position;
    ledger.end(['p']);
    expect(ledger.touchedSince([[bucket, during]])).toEqual([bucket]);
    expect(ledger.touchedSince([[bucket, ledger.position]])).toEqual([]);
  });

  it('has no position while a former leader may have granted what it does not know (R8)', () => {
    const fresh = new PinLedger(1_000);
    fresh.request('writer', [pin], 0);
    expect(fresh.position).toBe(0);
    expect(fresh.touchedSince([[cluster.bucketOf('content:2'), 0]])).toHaveLength(1);
  });

  it('leaves it to the writer whose members confirm to it, and takes part when it asks again after a while (R18)', () => {
    ledger.request('writer', [pin], 0);
    expect(ledger.begin([pin], [4], { confirmTo: 'writer' }, 0).grants.size).toBe(0);
    expect(ledger.isWaiting).toBe(false);
    expect(ledger.request('writer', [pin], 249).fresh).toEqual([]);
    expect(ledger.request('writer', [pin], 250).fresh).toEqual([{ pin, isNew: false }]);
    const { round } = ledger.begin([pin], [4], {}, 250);
    expect(ledger.request('writer', [pin], 600).fresh).toEqual([]);
    expect(ledger.confirmed(round.number, 4).get('writer')).toEqual(['p']);
    expect([...(ledger.end(['p']).get('p') as Set<number>)]).toEqual([4]);
  });

  it('takes part at once in what members that are gone were to confirm to its writer', () => {
    ledger.request('writer', [pin], 0);
    ledger.begin([pin], [4], { confirmTo: 'writer' }, 0);
    expect(ledger.gone([5]).fresh).toEqual([]);
    expect(ledger.gone([4]).fresh).toEqual([{ pin, isNew: false }]);
    expect(ledger.gone([4]).fresh).toEqual([]);
  });

  it('lets a pin last that is renewed, and asks for it anew (R6)', () => {
    ledger.request('writer', [pin], 0);
    ledger.begin([pin], [], {}, 0);
    expect(ledger.request('writer', [{ ...pin, renews: true }], 900).fresh).toHaveLength(1);
    expect(ledger.expire(1_500).size).toBe(0);
    expect([...ledger.expire(1_900).keys()]).toEqual(['p']);
  });
});
