/** Wall clocks: dates whose UTC fields are what a clock in the time zone shows. */

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, format);
  return format;
}

/** What a clock in `timeZone` (an IANA name; RangeError for others) shows at this moment. */
export function wallClock(date: Date, timeZone: string): Date {
  if (timeZone === 'UTC') return date;
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(date)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  const year = parts.get('era') === 'BC' ? 1 - part('year') : part('year');
  const wall = new Date(0);
  wall.setUTCFullYear(year, part('month') - 1, part('day'));
  wall.setUTCHours(part('hour'), part('minute'), part('second'), date.getUTCMilliseconds());
  return wall;
}

/** The moment at which a clock in `timeZone` shows `wall`; within an hour that summer time skips, the moment after it. */
export function instantOf(wall: Date, timeZone: string): Date {
  const offsetMillis = (date: Date): number => wallClock(date, timeZone).getTime() - date.getTime();
  const near = new Date(wall.getTime() - offsetMillis(wall));
  return new Date(wall.getTime() - offsetMillis(near));
}
