import { CqlError } from './errors.js';
import { instantOf, wallClock } from './time-zone.js';

const dateForm = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T](\d{1,2}):(\d{2}))?$/;
const offsetForm = /^([+-]?\d{1,6})\s*([yMwdhm]?)$/;
const dayMillis = 86_400_000;
/** Years that a database can compare; four digits are what a query can write. */
const yearMin = 1;
const yearMax = 9_999;

export const periods = ['day', 'week', 'month', 'year'] as const;
export type Period = (typeof periods)[number];
type Unit = 'y' | 'M' | 'w' | 'd' | 'h' | 'm';

const unitOf: Record<Period, Unit> = { day: 'd', week: 'w', month: 'M', year: 'y' };
/** From the smallest. */
const units: readonly Unit[] = ['m', 'h', 'd', 'w', 'M', 'y'];

/**
 * What `yyyy-MM-dd[ HH:mm]`, or the same with slashes, covers: a whole day, or a minute. Throws CqlError for other texts and for
 * days that the calendar doesn't have.
 */
export function parseDate(text: string, timeZone: string, position: number): { from: Date; to: Date } {
  const match = dateForm.exec(text.trim());
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = (match ?? []).slice(1).map((part) => Number(part ?? 0));
  const wall = dateOf(year, month - 1, day);
  const isReal = wall.getUTCMonth() === month - 1 && wall.getUTCDate() === day && hour < 24 && minute < 60;
  if (!match || !isReal || year < yearMin) throw new CqlError('a date yyyy-MM-dd [HH:mm] is expected', text, position);
  const from = new Date(wall.getTime() + (hour * 60 + minute) * 60_000);
  const to = match[4] === undefined ? move(from, 1, 'd') : move(from, 1, 'm');
  return { from: instantOf(from, timeZone), to: new Date(instantOf(to, timeZone).getTime() - 1) };
}

/** `now` moved by an offset such as `-1w`. Days and longer keep the clock's time over a change to summer time. */
export function moveNow(now: Date, offset: string, timeZone: string, position: number): Date {
  const { count, unit } = readOffset(offset, undefined, position);
  if (unit === 'h' || unit === 'm') return inRange(move(now, count, unit), offset, position);
  return inRange(
    instantOf(inRange(move(wallClock(now, timeZone), count, unit), offset, position), timeZone),
    offset,
    position,
  );
}

/**
 * First moment of the period around `now`, or its last millisecond. An offset in the period's own unit (or larger, or without a
 * unit) chooses another period, `startOfMonth("-1M")`; a smaller one is added to the outcome, `startOfMonth("+14d")` is the 15th.
 */
export function edgeOf(
  edge: 'start' | 'end',
  period: Period,
  offset: { text: string; position: number } | undefined,
  now: Date,
  timeZone: string,
): Date {
  const { count, unit } = offset
    ? readOffset(offset.text, unitOf[period], offset.position)
    : { count: 0, unit: unitOf[period] };
  const isSmaller = units.indexOf(unit) < units.indexOf(unitOf[period]);
  const checked = (date: Date): Date => inRange(date, offset?.text ?? '', offset?.position ?? 1);
  const around = wallClock(now, timeZone);
  const start = startOf(period, isSmaller ? around : checked(move(around, count, unit)));
  const next = edge === 'start' ? start : move(start, 1, unitOf[period]);
  const wall = checked(isSmaller ? move(next, count, unit) : next);
  return new Date(instantOf(wall, timeZone).getTime() - (edge === 'end' ? 1 : 0));
}

function readOffset(text: string, unitDefault: Unit | undefined, position: number): { count: number; unit: Unit } {
  const match = offsetForm.exec(text.trim());
  const unit = (match?.[2] || unitDefault) as Unit | undefined;
  if (!match || !unit) throw new CqlError("an offset such as '-1w' is expected", text, position);
  return { count: Number(match[1]), unit };
}

/** Moves within the calendar: a month after 31 January is the last of February. */
function move(date: Date, count: number, unit: Unit): Date {
  if (unit === 'y' || unit === 'M') {
    const months = date.getUTCFullYear() * 12 + date.getUTCMonth() + count * (unit === 'y' ? 12 : 1);
    const [year, month] = [Math.floor(months / 12), ((months % 12) + 12) % 12];
    const lastDay = dateOf(year, month + 1, 0).getUTCDate();
    const timeMillis = ((date.getTime() % dayMillis) + dayMillis) % dayMillis;
    return new Date(dateOf(year, month, Math.min(date.getUTCDate(), lastDay)).getTime() + timeMillis);
  }
  const unitMillis = { w: 7 * dayMillis, d: dayMillis, h: 3_600_000, m: 60_000 }[unit];
  return new Date(date.getTime() + count * unitMillis);
}

function startOf(period: Period, date: Date): Date {
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  if (period === 'year') return dateOf(year, 0, 1);
  if (period === 'month') return dateOf(year, month, 1);
  // Weeks begin on Monday.
  return dateOf(year, month, day - (period === 'week' ? (date.getUTCDay() + 6) % 7 : 0));
}

/** `Date.UTC` takes years below 100 for those of the last century. */
function dateOf(year: number, month: number, day: number): Date {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  return date;
}

function inRange(date: Date, token: string, position: number): Date {
  const year = date.getUTCFullYear();
  if (!(year >= yearMin && year <= yearMax)) throw new CqlError('the date is out of range', token, position);
  return date;
}
