import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkSchedule, dueTimes, nextDueTime } from './due-times.js';

const iso = (times: readonly Date[]): string[] => times.map((time) => time.toISOString());
const between = (cron: string, timeZone: string, after: string, until: string, max = 1_000): string[] =>
  iso(dueTimes({ cron, timeZone }, new Date(after), new Date(until), max));

describe('due times of a time of day', () => {
  it('are due when the clock goes on, where summer time leaves them out', () => {
    expect(between('0 30 2 * * *', 'Europe/Berlin', '2026-03-28T00:00:00Z', '2026-03-30T23:00:00Z')).toEqual([
      '2026-03-28T01:30:00.000Z',
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ]);
  });

  it('are due once, where the end of summer time repeats them', () => {
    expect(between('0 30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z', '2026-10-26T12:00:00Z')).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ]);
  });

  it('follow changes of half an hour and at midnight', () => {
    expect(between('0 15 2 * * *', 'Australia/Lord_Howe', '2026-10-02T12:00:00Z', '2026-10-04T20:00:00Z')).toEqual([
      '2026-10-02T15:45:00.000Z',
      '2026-10-03T15:30:00.000Z',
      '2026-10-04T15:15:00.000Z',
    ]);
    expect(between('0 30 0 * * *', 'Africa/Cairo', '2026-04-23T00:00:00Z', '2026-04-24T23:00:00Z')).toEqual([
      '2026-04-23T22:00:00.000Z',
      '2026-04-24T21:30:00.000Z',
    ]);
  });

  it('know 29 February', () => {
    expect(between('0 0 0 29 2 *', 'UTC', '2026-01-01T00:00:00Z', '2037-01-01T00:00:00Z')).toEqual([
      '2028-02-29T00:00:00.000Z',
      '2032-02-29T00:00:00.000Z',
      '2036-02-29T00:00:00.000Z',
    ]);
    expect(between('0 0 0 29 2 *', 'UTC', '2096-03-01T00:00:00Z', '2105-01-01T00:00:00Z')).toEqual([
      '2104-02-29T00:00:00.000Z',
    ]);
  });
});

describe('due times of what repeats', () => {
  it('follow the time that passes through both changes of the clock', () => {
    for (const [after, until] of [
      ['2026-03-28T23:30:00Z', '2026-03-29T03:30:00Z'],
      ['2026-10-24T23:30:00Z', '2026-10-25T03:30:00Z'],
    ] as const) {
      const times = dueTimes(
        { cron: '0 */15 * * * *', timeZone: 'Europe/Berlin' },
        new Date(after),
        new Date(until),
        100,
      );
      expect(times).toHaveLength(16);
      for (const [index, time] of times.slice(1).entries()) {
        expect(time.getTime() - (times[index] as Date).getTime()).toBe(15 * 60_000);
      }
    }
  });

  it('know seconds', () => {
    expect(between('*/20 * * * * *', 'UTC', '2026-01-01T00:00:00Z', '2026-01-01T00:01:00Z')).toEqual([
      '2026-01-01T00:00:20.000Z',
      '2026-01-01T00:00:40.000Z',
      '2026-01-01T00:01:00.000Z',
    ]);
  });

  it('are the last ones, when there are more than were asked for', () => {
    expect(between('*/20 * * * * *', 'UTC', '2025-01-01T00:00:00Z', '2026-01-01T00:01:10.5Z', 2)).toEqual([
      '2026-01-01T00:00:40.000Z',
      '2026-01-01T00:01:00.000Z',
    ]);
    expect(iso(dueTimes({ everyMillis: 300 }, new Date(0), new Date(10_000), 2))).toEqual(
      iso([new Date(9_600), new Date(9_900)]),
    );
  });
});

const crons = ['*/20 * * * * *', '0 */7 * * * *', '0 30 2 * * *', '15 10,50 1-3 * * *', '0 0 */5 * * *', '0 0 3 * * 1'];
const zones = ['UTC', 'Europe/Berlin', 'Australia/Lord_Howe', 'Africa/Cairo', 'America/St_Johns', 'Asia/Tokyo'];
const schedules = fc.oneof(
  fc.record({ cron: fc.constantFrom(...crons), timeZone: fc.constantFrom(...zones) }),
  fc.record({ everyMillis: fc.integer({ min: 100, max: 10_000_000 }) }),
);
/** Around the changes of the clock of one year, and anywhere in it. */
const moments = fc
  .tuple(
    fc.constantFrom('2026-03-29', '2026-10-25', '2026-04-05', '2026-10-04', '2026-04-24', '2026-07-01'),
    fc.integer({ min: -86_400_000, max: 86_400_000 }),
  )
  .map(([day, shift]) => new Date(new Date(day).getTime() + shift));

describe('due times between two moments', () => {
  it('are the same, however the time between is cut: no coordinator loses or doubles one', () => {
    fc.assert(
      fc.property(
        schedules,
        moments,
        fc.array(fc.integer({ min: 1, max: 7_200_000 }), { maxLength: 5 }),
        (schedule, start, parts) => {
          const cuts = [start];
          for (const part of parts) cuts.push(new Date((cuts.at(-1) as Date).getTime() + part));
          const pieces = cuts.slice(1).flatMap((cut, index) => dueTimes(schedule, cuts[index] as Date, cut, 1_000_000));
          expect(iso(pieces)).toEqual(iso(dueTimes(schedule, start, cuts.at(-1) as Date, 1_000_000)));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('begin with the next due time, and end with the last when only some are wanted', () => {
    fc.assert(
      fc.property(
        schedules,
        moments,
        fc.integer({ min: 0, max: 20_000_000 }),
        fc.integer({ min: 1, max: 20 }),
        (schedule, after, length, max) => {
          const until = new Date(after.getTime() + length);
          const all = dueTimes(schedule, after, until, 1_000_000);
          expect(iso(dueTimes(schedule, after, until, max))).toEqual(iso(all.slice(-max)));
          const next = nextDueTime(schedule, after);
          expect(next && next <= until ? iso([next]) : []).toEqual(iso(all.slice(0, 1)));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a schedule', () => {
  it.each([
    { cron: '0 0 25 * * *', timeZone: 'UTC' },
    { cron: '*/5 * * * *', timeZone: 'UTC' },
    { cron: 'whenever', timeZone: 'UTC' },
    { cron: '0 0 3 * * *', timeZone: 'Europe/Atlantis' },
    { cron: '0 0 0 31 2 *', timeZone: 'UTC' },
  ])('is refused when it can not be read or is never due: %j', (schedule) => {
    expect(() => checkSchedule(schedule, new Date('2026-01-01'))).toThrow(/schedule/);
  });
});
