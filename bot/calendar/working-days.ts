import { addDays, mondayOf, weekday, type Day } from './london.ts';
import { LONGEST_TERM_DAYS, type Term } from './terms.ts';

/** What decides whether a day is a working day. */
export type Calendar = {
  terms: readonly Term[];
  /** English bank holidays, as London days. */
  bankHolidays: ReadonlySet<Day>;
};

/** Monday to Friday in term time, no English bank holiday, no school holiday. */
export const isWorkingDay = (day: Day, calendar: Calendar): boolean =>
  workingDays(calendar).places.has(day);

/**
 * The day that lies `count` working days after (before, when negative) `day`.
 * Undefined when the terms list does not reach that far.
 */
export function addWorkingDays(day: Day, count: number, calendar: Calendar): Day | undefined {
  if (count === 0) return day;
  const { days, places } = workingDays(calendar);
  const place = places.get(day) ?? placeOf(day, days);
  // Beyond the last day that is listed nobody knows which days are working days.
  if (count < 0) return place === days.length ? undefined : days[place + count];
  return days[place + count - (days[place] === day ? 0 : 1)];
}

/** The first working day of the week (Monday to Sunday) in which a day falls. */
export function firstWorkingDayOfWeek(day: Day, calendar: Calendar): Day | undefined {
  const monday = mondayOf(day);
  return [0, 1, 2, 3, 4].map((i) => addDays(monday, i)).find((d) => isWorkingDay(d, calendar));
}

/** Days in order, and where in that order each stands. */
type Listed = { days: readonly Day[]; places: ReadonlyMap<Day, number> };
const known = new WeakMap<Calendar, Listed>();

/** Every working day of a calendar: asked thousands of times a look, listed once. */
function workingDays(calendar: Calendar): Listed {
  const listed = known.get(calendar);
  if (listed) return listed;
  const found = new Set<Day>();
  for (const { starts, ends } of calendar.terms) {
    const last = addDays(starts, LONGEST_TERM_DAYS);
    for (let day = starts; day <= ends && day <= last; day = addDays(day, 1)) {
      if (weekday(day) <= 5 && !calendar.bankHolidays.has(day)) found.add(day);
    }
  }
  const days = [...found].sort();
  const all = { days, places: new Map(days.map((day, place) => [day, place])) };
  known.set(calendar, all);
  return all;
}

/** Where a day would stand among sorted days. */
function placeOf(day: Day, days: readonly Day[]): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((days[middle] ?? '') < day) low = middle + 1;
    else high = middle;
  }
  return low;
}
