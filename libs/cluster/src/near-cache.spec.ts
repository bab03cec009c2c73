import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CacheGate } from './cache-gate.js';
import { NearCache } from './near-cache.js';

let now = 0;
let gate: CacheGate;
let cache: NearCache<string>;
const pinMillis = 10_000;
const store = 1_000;

const loaded = (value: string, ...dependsOn: string[]) => ({ value, dependsOn, sizeBytes: value.length });

/** A load that ends when it is told to. */
function slowLoad(...dependsOn: string[]) {
  const { promise, resolve } = Promise.withResolvers<string>();
  return { load: () => promise.then((value) => loaded(value, ...dependsOn)), arrive: resolve };
}

beforeEach(() => {
  now = 0;
  gate = new CacheGate({ pinMillis }, () => now);
  cache = new NearCache<string>({ name: 'test', bytesMax: 100_000 }, gate);
  gate.registered(1, 3_000, store);
  gate.admit({ store, token: 1, incarnation: 1, pins: [] });
  gate.holdsDatabase(1, Infinity);
});

describe('a near cache', () => {
  it('serves what it kept, without another load', async () => {
    await cache.get('key', () => Promise.resolve(loaded('one', 'a')));
    expect(await cache.get('key', () => Promise.resolve(loaded('two', 'a')))).toBe('one');
    expect(cache.figures()).toMatchObject({ entries: 1, hits: 1, misses: 1 });
  });

  it('drops at a pin, and keeps nothing of a load that began before it (R1, R2)', async () => {
    await cache.get('key', () => Promise.resolve(loaded('old', 'a')));
    const other = slowLoad('a');
    const reading = cache.get('other', other.load);
    gate.pin({ store, token: 1, pins: [{ id: 'p', tags: ['a'] }] });
    expect(cache.peek('key')).toBeUndefined();
    gate.unpin(['p']);
    other.arrive('old');
    expect(await reading).toBe('old');
    expect(cache.peek('other')).toBeUndefined();
  });

  it('keeps nothing of a load that began while the pin was open and arrived after it', async () => {
    gate.pin({ store, token: 1, pins: [{ id: 'p', tags: ['a'] }] });
    const slow = slowLoad('a');
    const reading = cache.get('key', slow.load);
    gate.unpin(['p']);
    slow.arrive('read before the commit');
    await reading;
    expect(cache.peek('key')).toBeUndefined();
  });

  it('keeps nothing whose tag, known on arrival only, was pinned since (R3)', async () => {
    const slow = slowLoad('unknown before');
    const reading = cache.get('key', slow.load);
    gate.pin({ store, token: 1, pins: [{ id: 'p', tags: ['unknown before'] }] });
    gate.unpin(['p']);
    slow.arrive('old');
    await reading;
    expect(cache.peek('key')).toBeUndefined();
  });

  it('never keeps an answer without tags', async () => {
    await cache.get('key', () => Promise.resolve(loaded('one')));
    expect(cache.peek('key')).toBeUndefined();
  });

  it('serves nothing when the lease is over, and nothing old afterwards (R5, R7)', async () => {
    await cache.get('key', () => Promise.resolve(loaded('one', 'a')));
    now = 3_000;
    expect(cache.peek('key')).toBeUndefined();
    expect(gate.renewed(6_000)).toBe(false);
    gate.registered(2, 6_000, store);
    expect(gate.admit({ store, token: 1, incarnation: 1, pins: [] })).toBe(false);
    gate.admit({ store, token: 1, incarnation: 2, pins: [{ id: 'p', tags: ['a'] }] });
    expect(gate.isServing()).toBe(true);
    expect(cache.peek('key')).toBeUndefined();
    await cache.get('key', () => Promise.resolve(loaded('two', 'a')));
    expect(cache.peek('key')).toBeUndefined();
  });

  it('refuses the commands of a leader that was (R9)', () => {
    gate.acknowledge({ store, token: 5 });
    expect(gate.pin({ store, token: 4, pins: [{ id: 'p', tags: ['a'] }] })).toBe(false);
    expect(gate.admit({ store, token: 4, incarnation: 1, pins: [] })).toBe(false);
  });

  it('follows the leader of the store that it is registered in, whatever tokens another store had', () => {
    gate.acknowledge({ store, token: 5 });
    const other = store - 1;
    expect(gate.acknowledge({ store: other, token: 9 })).toBe(false);
    gate.registered(3, 3_000, other);
    expect(gate.admit({ store, token: 9, incarnation: 3, pins: [] })).toBe(false);
    expect(gate.admit({ store: other, token: 2, incarnation: 3, pins: [] })).toBe(true);
    expect(gate.isServing()).toBe(true);
  });

  it('serves while the cluster holds its database, and what it kept again when it does so in the same epoch', async () => {
    gate.holdsDatabase(2, 1_000);
    await cache.get('key', () => Promise.resolve(loaded('one', 'a')));
    now = 1_000;
    expect(cache.peek('key')).toBeUndefined();
    gate.holdsDatabase(2, 2_000);
    expect(cache.peek('key')).toBe('one');
  });

  it('forgets everything in another epoch, and keeps nothing of loads that began in the former one', async () => {
    await cache.get('key', () => Promise.resolve(loaded('of the lost database', 'a')));
    const slow = slowLoad('b');
    const reading = cache.get('other', slow.load);
    gate.holdsDatabase(2, 2_000);
    slow.arrive('of the lost database');
    await reading;
    expect([cache.peek('key'), cache.peek('other')]).toEqual([undefined, undefined]);
  });

  it('ends pins that nobody ends', async () => {
    gate.pin({ store, token: 1, pins: [{ id: 'p', tags: ['a'] }] });
    gate.renewed(pinMillis * 2);
    now = pinMillis;
    gate.expirePins();
    await cache.get('key', () => Promise.resolve(loaded('one', 'a')));
    expect(cache.peek('key')).toBe('one');
  });

  it('keeps nothing of what a write of its own process changes until that write is over, however long it takes (R17)', async () => {
    const read = (value: string) => cache.get('key', () => Promise.resolve(loaded(value, 'a')));
    await read('old');
    gate.holdOwn({ id: 'p', tags: ['a'] });
    expect(cache.peek('key')).toBeUndefined();
    gate.pin({ store, token: 1, pins: [{ id: 'p', tags: ['a'] }] });
    now = 2 * pinMillis;
    gate.expirePins();
    gate.registered(2, now + 3_000, store);
    gate.admit({ store, token: 1, incarnation: 2, pins: [] });
    await read('old');
    expect(cache.peek('key')).toBeUndefined();
    gate.unpin(['p']);
    await read('old');
    expect(cache.peek('key')).toBeUndefined();
    gate.releaseOwn('p');
    await read('new');
    expect(cache.peek('key')).toBe('new');
  });

  it('forgets all at a flush, and keeps nothing of a load that began before it', async () => {
    await cache.get('key', () => Promise.resolve(loaded('one', 'a')));
    const slow = slowLoad('b');
    const reading = cache.get('other', slow.load);
    expect(cache.flush()).toBe(1);
    slow.arrive('read before the flush');
    await reading;
    expect([cache.peek('key'), cache.peek('other')]).toEqual([undefined, undefined]);
    await cache.get('key', () => Promise.resolve(loaded('two', 'a')));
    expect(cache.figures()).toMatchObject({ name: 'test', entries: 1, bytesMax: 100_000 });
  });

  it('knows since when its lease is lost, and how often it was', () => {
    expect(gate.lease).toEqual({ isHeld: true, lapsedMillis: 0, lapses: 0 });
    now = 5_000;
    expect(gate.lease).toEqual({ isHeld: false, lapsedMillis: 2_000, lapses: 0 });
    gate.lapse();
    now = 6_000;
    expect(gate.lease).toEqual({ isHeld: false, lapsedMillis: 3_000, lapses: 1 });
    gate.registered(2, 9_000, store);
    expect(gate.lease).toEqual({ isHeld: true, lapsedMillis: 0, lapses: 1 });
  });

  it('makes room by dropping what was used least lately', async () => {
    for (let index = 0; index < 500; index += 1)
      await cache.get(`key ${index}`, () => Promise.resolve(loaded('x'.repeat(500), `t${index}`)));
    expect(cache.figures().bytes).toBeLessThanOrEqual(100_000);
    expect(cache.figures().evictions).toBeGreaterThan(300);
    expect(cache.peek('key 499')).toBeDefined();
  });

  it('in any order of loads, pins, commits and ends never serves what a commit replaced', async () => {
    const step = fc.record({
      act: fc.constantFrom('begin', 'arrive', 'pin', 'commit', 'unpin', 'peek'),
      which: fc.nat({ max: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const model = new Model();
        for (const { act, which } of steps) await model[act](which);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the auditor', () => {
  const signal = new AbortController().signal;
  const audit = () => cache.audit(10, signal);
  const keep = (key: string, value: string, again: () => Promise<string>) =>
    cache.get(key, () => Promise.resolve({ ...loaded(value, key), again }));

  it('finds a planted stale entry, names it, counts it and drops it', async () => {
    await keep('right', 'one', () => Promise.resolve('one'));
    await keep('wrong', 'old', () => Promise.resolve('new'));
    expect(await audit()).toEqual([{ cache: 'test', key: 'wrong', tags: ['wrong'] }]);
    expect(cache.auditFigures()).toEqual({ name: 'test', same: 1, stale: 1, unknown: 0 });
    expect([cache.peek('right'), cache.peek('wrong')]).toEqual(['one', undefined]);
    expect(await audit()).toEqual([]);
  });

  it('takes nothing for stale that is about to change, was dropped meanwhile, or whose owner is away', async () => {
    await keep('changing', 'old', () => {
      gate.pin({ store, token: 1, pins: [{ id: 'p', tags: ['changing'] }] });
      return Promise.resolve('new');
    });
    await keep('away', 'old', () => Promise.reject(new Error('away')));
    await keep('unsteady', 'old', () => Promise.resolve(String(Math.random())));
    expect(await audit()).toEqual([]);
    expect(cache.auditFigures()).toMatchObject({ stale: 0, unknown: 3 });
  });

  it('looks at nothing while the cache may not serve', async () => {
    await keep('wrong', 'old', () => Promise.resolve('new'));
    now = 3_000;
    expect(await audit()).toEqual([]);
  });

  it('keeps a sample of bounded size, and none of what is gone', async () => {
    for (let number = 0; number < 300; number += 1) {
      const value = String(number);
      await keep(`key${value}`, value, () => Promise.resolve('other'));
    }
    expect(await cache.audit(1_000, signal)).toHaveLength(64);
    cache.flush();
    expect(await cache.audit(1_000, signal)).toEqual([]);
  });
});

/** One value that writes replace, with loads under way: what the cache serves must be the committed value. */
class Model {
  private readonly gate = new CacheGate({ pinMillis }, () => 0);
  private readonly cache = new NearCache<string>({ name: 'model', bytesMax: 100_000 }, this.gate);
  private committed = 0;
  private writes = 0;
  private readonly pinned: string[] = [];
  private readonly done: string[] = [];
  private readonly loads: { read: string; arrive: (value: string) => void; reading: Promise<string> }[] = [];

  constructor() {
    this.gate.registered(1, 1_000, store);
    this.gate.admit({ store, token: 1, incarnation: 1, pins: [] });
    this.gate.holdsDatabase(1, Infinity);
  }

  begin(): void {
    const slow = slowLoad('a');
    this.loads.push({ read: String(this.committed), arrive: slow.arrive, reading: this.cache.get('key', slow.load) });
  }

  async arrive(which: number): Promise<void> {
    const [load] = this.loads.splice(which % Math.max(1, this.loads.length), 1);
    load?.arrive(load.read);
    await load?.reading;
  }

  pin(): void {
    const id = `p${(this.writes += 1)}`;
    this.gate.pin({ store, token: 1, pins: [{ id, tags: ['a'] }] });
    this.pinned.push(id);
  }

  commit(): void {
    const id = this.pinned.shift();
    if (!id) return;
    this.committed += 1;
    this.done.push(id);
  }

  unpin(): void {
    const id = this.done.shift();
    if (id) this.gate.unpin([id]);
  }

  peek(): void {
    const served = this.cache.peek('key');
    if (served !== undefined) expect(served).toBe(String(this.committed));
  }
}
