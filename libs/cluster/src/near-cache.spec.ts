import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CacheGate } from './cache-gate.js';
import { NearCache } from './near-cache.js';

let now = 0;
let gate: CacheGate;
let cache: NearCache<string>;
const pinMillis = 10_000;

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
  gate.registered(1, 3_000);
  gate.admit({ token: 1, incarnation: 1, pins: [] });
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
    gate.pin({ token: 1, pins: [{ id: 'p', tags: ['a'] }] });
    expect(cache.peek('key')).toBeUndefined();
    gate.unpin(['p']);
    other.arrive('old');
    expect(await reading).toBe('old');
    expect(cache.peek('other')).toBeUndefined();
  });

  it('keeps nothing of a load that began while the pin was open and arrived after it', async () => {
    gate.pin({ token: 1, pins: [{ id: 'p', tags: ['a'] }] });
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
    gate.pin({ token: 1, pins: [{ id: 'p', tags: ['unknown before'] }] });
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
    gate.registered(2, 6_000);
    expect(gate.admit({ token: 1, incarnation: 1, pins: [] })).toBe(false);
    gate.admit({ token: 1, incarnation: 2, pins: [{ id: 'p', tags: ['a'] }] });
    expect(gate.isServing()).toBe(true);
    expect(cache.peek('key')).toBeUndefined();
    await cache.get('key', () => Promise.resolve(loaded('two', 'a')));
    expect(cache.peek('key')).toBeUndefined();
  });

  it('refuses the commands of a leader that was (R9)', () => {
    gate.acknowledge(5);
    expect(gate.pin({ token: 4, pins: [{ id: 'p', tags: ['a'] }] })).toBe(false);
    expect(gate.admit({ token: 4, incarnation: 1, pins: [] })).toBe(false);
  });

  it('ends pins that nobody ends', async () => {
    gate.pin({ token: 1, pins: [{ id: 'p', tags: ['a'] }] });
    gate.renewed(pinMillis * 2);
    now = pinMillis;
    gate.expirePins();
    await cache.get('key', () => Promise.resolve(loaded('one', 'a')));
    expect(cache.peek('key')).toBe('one');
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
    gate.registered(2, 9_000);
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
    this.gate.registered(1, 1_000);
    this.gate.admit({ token: 1, incarnation: 1, pins: [] });
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
    this.gate.pin({ token: 1, pins: [{ id, tags: ['a'] }] });
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
