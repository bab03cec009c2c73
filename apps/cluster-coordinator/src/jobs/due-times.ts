import { badRequest, type jobs } from '@tributary/contracts';
import { Cron } from 'croner';

/**
 * When a schedule is due. Pure: a due time depends on the schedule only, so every coordinator finds the same ones.
 *
 * Daylight saving, as cron has it: a time of day that a change of the clock leaves out is due when the clock goes on (02:30 becomes
 * 03:00), one that comes twice is due the first time only. What repeats within an hour or a day (a star, a step) follows the time
 * that passes, so it neither pauses nor doubles.
 */

/** Parsing costs more than asking; schedules are few. */
const parsedMax = 1_000;
const parsed = new Map<string, Cron>();

/** The first due time after a moment; null when there is none. */
export function nextDueTime(schedule: jobs.JobSchedule, after: Date): Date | null {
  if ('everyMillis' in schedule) {
    return new Date((Math.floor(after.getTime() / schedule.everyMillis) + 1) * schedule.everyMillis);
  }
  return cronOf(schedule).nextRun(after);
}

/** The last `max` due times after `after`, up to and with `until`; in their order. */
export function dueTimes(schedule: jobs.JobSchedule, after: Date, until: Date, max: number): Date[] {
  if (until <= after) return [];
  return 'everyMillis' in schedule
    ? periods(schedule.everyMillis, after, until, max)
    : cronTimes(cronOf(schedule), after, until, max);
}

/** Throws `badRequest` for a schedule that can't be read, or that is never due. */
export function checkSchedule(schedule: jobs.JobSchedule, now: Date): void {
  let next: Date | null;
  try {
    next = nextDueTime(schedule, now);
  } catch (error) {
    throw badRequest(`The schedule is not valid: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!next) throw badRequest('The schedule is never due');
}

function periods(everyMillis: number, after: Date, until: Date, max: number): Date[] {
  const last = Math.floor(until.getTime() / everyMillis);
  const first = Math.max(Math.floor(after.getTime() / everyMillis) + 1, last - max + 1);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => new Date((first + index) * everyMillis));
}

function cronTimes(cron: Cron, after: Date, until: Date, max: number): Date[] {
  const times: Date[] = [];
  for (let next = cron.nextRun(after); next && next <= until; next = cron.nextRun(next)) {
    // Too many to walk through: the last ones are found from the end.
    if (times.length === max) return lastTimes(cron, until, max);
    times.push(next);
  }
  return times;
}

function lastTimes(cron: Cron, until: Date, max: number): Date[] {
  // The search goes back from a moment and leaves it out; schedules know whole seconds.
  const end = new Date(Math.floor(until.getTime() / 1_000) * 1_000 + 1_000);
  return cron.previousRuns(max, end).reverse();
}

function cronOf({ cron, timeZone }: { cron: string; timeZone: string }): Cron {
  const key = `${timeZone} ${cron}`;
  const known = parsed.get(key);
  if (known) return known;
  const made = new Cron(cron, { timezone: timeZone, paused: true, mode: '6-part' });
  if (parsed.size >= parsedMax) parsed.clear();
  parsed.set(key, made);
  return made;
}
