import { addDays, weekday, type Day } from './london.ts';
import type { Term } from './terms.ts';

/** What decides whether a day is a working day. */
export type Calendar = {
  terms: readonly Term[];
  /** English bank holidays, as London days. */
  bankHolidays: ReadonlySet<Day>;
};

const SEARCH_LIMIT_DAYS = 400;

/** Monday to Friday in term time, no English bank holiday, no school holiday. */
export function isWorkingDay(day: Day, { terms, bankHolidays }: Calendar): boolean {
  if (weekday(day) > 5 || bankHolidays.has(day)) return false;
  return terms.some((term) => term.starts <= day && day <= term.ends);
}

/**
 * The day that lies `count` working days after (before, when negative) `day`.
 * Undefined when the terms list does not reach that far.
 */
export function addWorkingDays(day: Day, count: number, calendar: Calendar): Day | undefined {
  const step = count < 0 ? -1 : 1;
  let left = Math.abs(count);
  let current = day;
  for (let i = 0; i < SEARCH_LIMIT_DAYS && left > 0; i++) {
    current = addDays(current, step);
    if (isWorkingDay(current, calendar)) left -= 1;
  }
  return left === 0 ? current : undefined;
}

/** The first working day of the week (Monday to Sunday) in which a day falls. */
export function firstWorkingDayOfWeek(day: Day, calendar: Calendar): Day | undefined {
  const monday = addDays(day, 1 - weekday(day));
  return [0, 1, 2, 3, 4].map((i) => addDays(monday, i)).find((d) => isWorkingDay(d, calendar));
}
