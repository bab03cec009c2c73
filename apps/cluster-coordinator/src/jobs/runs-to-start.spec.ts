import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decide, type JobLoad, type WaitingRun } from './runs-to-start.js';

const graceMillis = 10_000;
const now = new Date('2026-01-01T12:00:00Z');
const run = (id: string, secondsAgo: number, more: Partial<WaitingRun> = {}): WaitingRun => ({
  id,
  kind: 'scheduled',
  dueAt: new Date(now.getTime() - secondsAgo * 1_000),
  attempt: 0,
  ...more,
});
const load = (more: Partial<JobLoad> = {}): JobLoad => ({ misfire: 'once', concurrency: 1, running: 0, ...more });
/** A coordinator was down over three due times, and one has just come. */
const afterOutage = [run('a', 180), run('b', 120), run('c', 60), run('d', 0)];

describe('due times that were missed', () => {
  it('are skipped', () => {
    expect(decide(load({ misfire: 'skip' }), afterOutage, now, graceMillis)).toEqual({
      skip: ['a', 'b', 'c'],
      start: ['d'],
    });
  });

  it('are made up for by the latest', () => {
    expect(decide(load(), afterOutage.slice(0, 3), now, graceMillis)).toEqual({ skip: ['a', 'b'], start: ['c'] });
    expect(decide(load(), afterOutage, now, graceMillis)).toEqual({ skip: ['a', 'b', 'c'], start: ['d'] });
  });

  it('are all made up for, one after another', () => {
    expect(decide(load({ misfire: 'all' }), afterOutage, now, graceMillis)).toEqual({ skip: [], start: ['a'] });
    expect(decide(load({ misfire: 'all', concurrency: 3 }), afterOutage, now, graceMillis).start).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('are not missed within the grace: another coordinator had to be elected', () => {
    expect(decide(load({ misfire: 'skip' }), [run('a', 9)], now, graceMillis)).toEqual({ skip: [], start: ['a'] });
  });
});

describe('a job that takes longer than its period', () => {
  it('waits for the run under way, and does not pile up', () => {
    expect(decide(load({ running: 1 }), [run('a', 30), run('b', 20), run('c', 5)], now, graceMillis)).toEqual({
      skip: ['a', 'b'],
      start: [],
    });
  });

  it('runs several times at once, where it may', () => {
    expect(
      decide(load({ running: 1, concurrency: 3 }), [run('a', 3), run('b', 2), run('c', 1)], now, graceMillis).start,
    ).toEqual(['a', 'b']);
  });
});

const waiting = fc.uniqueArray(
  fc.record({
    id: fc.uuid(),
    kind: fc.constantFrom('scheduled', 'manual', 'task'),
    dueAt: fc.integer({ min: -100_000, max: 0 }).map((millis) => new Date(now.getTime() + millis)),
    attempt: fc.integer({ min: 0, max: 2 }),
  }),
  { selector: ({ id }) => id },
);
const loads = fc.record({
  misfire: fc.constantFrom('skip', 'once', 'all'),
  concurrency: fc.integer({ min: 1, max: 5 }),
  running: fc.integer({ min: 0, max: 7 }),
});

describe('whatever waits', () => {
  it('never exceeds concurrency, skips only fresh missed due times, and leaves none idle that could begin', () => {
    fc.assert(
      fc.property(loads, waiting, (job, runs) => {
        const { start, skip } = decide(job, runs, now, graceMillis);
        expect(start.length).toBe(Math.min(Math.max(0, job.concurrency - job.running), runs.length - skip.length));
        expect(start.filter((id) => skip.includes(id))).toEqual([]);
        const skipped = runs.filter((each) => skip.includes(each.id));
        expect(skipped.every((each) => each.kind === 'scheduled' && each.attempt === 0)).toBe(true);
        if (job.misfire === 'all') expect(skip).toEqual([]);
        const fresh = runs.filter((each) => each.kind === 'scheduled' && each.attempt === 0);
        if (job.misfire === 'once' && fresh.length > 0) expect(skip.length).toBeLessThan(fresh.length);
      }),
    );
  });
});
