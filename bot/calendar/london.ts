import { DateTime } from 'luxon';

/** A calendar day in London, `2026-11-18`. */
export type Day = string;

const ZONE = 'Europe/London';
const LOCALE = 'en-GB';

const inLondon = (at: Date): DateTime => DateTime.fromJSDate(at, { zone: ZONE }).setLocale(LOCALE);
const dayInLondon = (day: Day): DateTime =>
  DateTime.fromISO(day, { zone: ZONE, locale: LOCALE }).startOf('day');

/** The London day on which an instant falls. */
export const londonDay = (at: Date): Day => hourOf(at).day;

/** The London wall-clock time of an instant, `08:30`. */
export function londonTime(at: Date): string {
  const { ahead } = hourOf(at);
  const there = new Date(at.getTime() + ahead * 60_000);
  const [hour, minute] = [there.getUTCHours(), there.getUTCMinutes()];
  return `${twoDigits(hour)}:${twoDigits(minute)}`;
}

const twoDigits = (number: number): string => String(number).padStart(2, '0');

/** Both stay the same within an hour of UTC: London's clocks change, and its days end, on the hour. */
type Hour = { day: Day; /** How many minutes London is ahead of UTC. */ ahead: number };

/** Asked thousands of times a look, of few hours and days, and Luxon is slow at it. */
function remembered<K, V>(most: number, compute: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= most) known.clear();
    const value = compute(key);
    known.set(key, value);
    return value;
  };
}

const MOST_HOURS = 50_000;
const MOST_DAYS = 5_000;

const hourOf = (at: Date): Hour => hourNumbered(Math.floor(at.getTime() / HOUR_MS));
const HOUR_MS = 3_600_000;

/** By hour since 1970. */
const hourNumbered = remembered(MOST_HOURS, (number: number): Hour => {
  const there = inLondon(new Date(number * HOUR_MS));
  return { day: there.toFormat('yyyy-MM-dd'), ahead: there.offset };
});

/** The instant at which a London wall clock shows `time` (`HH:mm`) on `day`. */
export const londonInstant = (day: Day, time: string): Date =>
  new Date(wallClock(`${day}T${time}`));

const wallClock = remembered(MOST_DAYS, (wall: string) =>
  DateTime.fromISO(wall, { zone: ZONE }).toMillis(),
);

/** The first instant of a day. */
export const startOfDay = (day: Day): Date => new Date(firstInstant(day));

const firstInstant = remembered(MOST_DAYS, (day: Day) => dayInLondon(day).toMillis());

/** The last instant of a day: a return is timely when first filed by 23:59:59 on its due date. */
export const endOfDay = (day: Day): Date => new Date(lastInstant(day));

const lastInstant = remembered(MOST_DAYS, (day: Day) => dayInLondon(day).endOf('day').toMillis());

/** Days have no zone, so UTC serves; calendars are walked day by day, and Luxon is slow at that. */
const midnight = (day: Day): number => Date.parse(`${day}T00:00:00Z`);
const DAY_MS = 86_400_000;

export const addDays = (day: Day, days: number): Day =>
  new Date(midnight(day) + days * DAY_MS).toISOString().slice(0, 10);

/** Whole days from one day to another; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number =>
  Math.round((midnight(to) - midnight(from)) / DAY_MS);

/** Monday is 1, Sunday is 7. */
export const weekday = (day: Day): number => new Date(midnight(day)).getUTCDay() || 7;

/** Monday of the week in which a day falls. */
export const mondayOf = (day: Day): Day => addDays(day, 1 - weekday(day));

/** `Wednesday 18 November 2026`. */
export const longDay = (day: Day): string => dayInLondon(day).toFormat('cccc d LLLL yyyy');

/** `Wed 18 Nov`. */
export const shortDay = remembered(MOST_DAYS, (day: Day) => dayInLondon(day).toFormat('ccc d LLL'));

/** `Wed 18 Nov, 13:30`. */
export const shortInstant = (at: Date): string => `${shortDay(londonDay(at))}, ${londonTime(at)}`;

/**
 * The day meant by what SharePoint stores for a date: `2026-11-18`, or the instant of
 * London midnight in UTC (`2026-07-09T23:00:00Z` is 10 July). Undefined when it is no date.
 */
export const dayFrom = (stored: string): Day | undefined => dayStored(stored) || undefined;

const dayStored = remembered(MOST_DAYS, (stored: string): Day => {
  const at = fromIso(stored);
  return at.isValid ? at.toFormat('yyyy-MM-dd') : '';
});

/** An instant from ISO 8601 text: without an offset it is London time. Undefined when unreadable. */
export function instantFrom(text: string): Date | undefined {
  const at = fromIso(text);
  return at.isValid ? at.toJSDate() : undefined;
}

/** Only text with a full date is read: Luxon would take `12` or `10:30` for a time today. */
const fromIso = (text: string): DateTime =>
  /^\d{4}-\d\d-\d\d/.test(text)
    ? DateTime.fromISO(text, { zone: ZONE })
    : DateTime.invalid('it has no full date');
