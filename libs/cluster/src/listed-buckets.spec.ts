import { beforeEach, describe, expect, it } from '@jest/globals';
import { CacheGate } from './cache-gate.js';
import { NearCache } from './near-cache.js';

const store = 1_000;
const token = 7;
const incarnation = 1;
let gate: CacheGate;
let cache: NearCache<string>;
let told: number;

const load = (value: string, ...dependsOn: string[]) => Promise.resolve({ value, dependsOn, sizeBytes: value.length });
const read = (key: string, value: string, tag = key) => cache.get(key, () => load(value, tag));
/** Sends what waits, as the client does. */
const send = () => gate.lists.takeUnsent(token, 0);
const answer = (change: number, more: Partial<Parameters<CacheGate['listed']>[0]> = {}) =>
  gate.listed({ store, token, incarnation, change, isWhole: true, isReady: true, touched: [], pins: [], ...more });

beforeEach(() => {
  told = 0;
  gate = new CacheGate({ pinMillis: 10_000 }, () => 0);
  gate.lists.tell = () => void (told += 1);
  cache = new NearCache<string>({ name: 'test', bytesMax: 100_000 }, gate);
  gate.registered(incarnation, 3_000, store);
  gate.admit({ store, token, incarnation, pins: [], lists: true });
  gate.holdsDatabase(1, Infinity);
  gate.hear({ store, token, position: 5 });
});

describe('what a member lists', () => {
  it('is kept when the leader has answered, of the load that asked for it', async () => {
    await read('a', 'one');
    expect(cache.peek('a')).toBeUndefined();
    expect(told).toBe(1);
    const { change, adds } = send();
    expect(adds.map(([, since]) => since)).toEqual([5]);
    answer(change);
    expect(cache.peek('a')).toBe('one');
  });

  it('is not kept of that load when it was pinned since, and is of the next', async () => {
    await read('a', 'old');
    const { change, adds } = send();
    answer(change, { touched: adds.map(([bucket]) => bucket) });
    expect(cache.peek('a')).toBeUndefined();
    await read('a', 'new');
    expect(cache.peek('a')).toBe('new');
  });

  it('is not kept of a load that began before its position was heard', async () => {
    const arrives = Promise.withResolvers<string>();
    const early = cache.get('early', () =>
      arrives.promise.then((value) => ({ value, dependsOn: ['a'], sizeBytes: 3 })),
    );
    gate.hear({ store, token, position: 6 });
    await read('a', 'new');
    answer(send().change);
    arrives.resolve('old');
    await early;
    expect(cache.peek('early')).toBeUndefined();
    expect(cache.peek('a')).toBe('new');
  });

  it('waits while a leader is too new, and forgets answers that do not come', async () => {
    await read('a', 'one');
    answer(send().change, { isReady: false });
    expect(cache.peek('a')).toBeUndefined();
    await read('a', 'one');
    const { change } = send();
    gate.lists.giveUp(1);
    answer(change);
    expect(cache.peek('a')).toBeUndefined();
  });

  it('is withdrawn by a pin of what it does not hold, and asked for again', async () => {
    await read('a', 'one');
    answer(send().change);
    gate.pin({ store, token, pins: [{ id: 'p', tags: ['a'] }] });
    expect(gate.lists.hasUnsent).toBe(false);
    gate.unpin(['p']);
    gate.pin({ store, token, pins: [{ id: 'q', tags: ['a'] }] });
    gate.unpin(['q']);
    expect(send().drops).toHaveLength(1);
    await read('a', 'two');
    expect(cache.peek('a')).toBeUndefined();
    expect(send().adds).toHaveLength(1);
  });

  it('is told as a whole to a leader that does not know it, with what waits for an answer', async () => {
    await read('a', 'one');
    answer(send().change);
    await read('b', 'one');
    const { change } = send();
    expect(gate.lists.isUnknownTo(token)).toBe(false);
    expect(gate.lists.isUnknownTo(token + 1)).toBe(true);
    const whole = gate.lists.whole();
    expect(whole.change).toBeGreaterThan(change);
    expect(whole.all).not.toBe(new CacheGate({ pinMillis: 1 }, () => 0).lists.whole().all);
  });

  it('is nothing under a leader without a directory: what was loaded is kept at once', async () => {
    gate.registered(2, 3_000, store);
    gate.admit({ store, token, incarnation: 2, pins: [] });
    await read('a', 'one');
    expect(cache.peek('a')).toBe('one');
    expect(told).toBe(0);
  });
});
