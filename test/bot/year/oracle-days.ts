/**
 * The oracle's own almanac: London time through Intl, and working days from a table that is made by
 * striking out, from the dates of the demo calendar as literals. Nothing of bot/ is here.
 */

/** Minutes that London is ahead of UTC, by the hour. */
const offsets = new Map<number, number>();
const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

const londonClock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hourCycle: 'h23',
  hour: '2-digit',
  minute: '2-digit',
});

function offsetAt(ms: number): number {
  const hour = Math.floor(ms / HOUR);
  const known = offsets.get(hour);
  if (known !== undefined) return known;
  const [hours = 0, minutes = 0] = londonClock
    .format(hour * HOUR)
    .split(':')
    .map(Number);
  const ahead = (hours * 60 + minutes - ((hour % 24) + 24) * 60 + 48 * 60) % (24 * 60);
  const offset = ahead > 12 * 60 ? ahead - 24 * 60 : ahead;
  offsets.set(hour, offset);
  return offset;
}

/** The day in London and the minutes since its midnight on the wall clock. */
export function wallClock(ms: number): { day: string; minutes: number } {
  const shifted = ms + offsetAt(ms) * 60_000;
  return {
    day: dayNumbered(Math.floor(shifted / DAY)),
    minutes: Math.floor((shifted % DAY) / 60_000),
  };
}

const names = new Map<number, string>();

function dayNumbered(number: number): string {
  const known = names.get(number);
  if (known) return known;
  const name = new Date(number * DAY).toISOString().slice(0, 10);
  names.set(number, name);
  return name;
}

const beginnings = new Map<string, number>();

/** The instant at which a London day begins. */
export function beginningOf(day: string): number {
  const known = beginnings.get(day);
  if (known !== undefined) return known;
  const utc = Date.parse(`${day}T00:00:00Z`);
  const begins = utc - offsetAt(utc) * 60_000;
  beginnings.set(day, begins);
  return begins;
}

export const nextDay = (day: string): string =>
  dayNumbered(Date.parse(`${day}T00:00:00Z`) / DAY + 1);

const FIRST = '2026-07-01';
const LAST = '2027-10-22';

const SCHOOL_HOLIDAYS: readonly (readonly [string, string])[] = [
  ['2026-07-23', '2026-09-01'],
  ['2026-10-22', '2026-11-01'],
  ['2026-12-19', '2027-01-03'],
  ['2027-02-13', '2027-02-21'],
  ['2027-03-26', '2027-04-11'],
  ['2027-05-29', '2027-06-06'],
  ['2027-07-23', '2027-08-31'],
];

export const BANK_HOLIDAYS: ReadonlySet<string> = new Set([
  '2026-08-31',
  '2026-12-25',
  '2026-12-28',
  '2027-01-01',
  '2027-03-26',
  '2027-03-29',
  '2027-05-03',
  '2027-05-31',
  '2027-08-30',
  '2027-12-27',
  '2027-12-28',
]);

export const isWeekday = (day: string): boolean =>
  ![0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay());

/** Every day of the year with the number of working days up to and with it. */
const counted = new Map<string, { isWorking: boolean; upTo: number }>();
const working: string[] = [];
for (let day = FIRST; day <= LAST; day = nextDay(day)) {
  const isHoliday = SCHOOL_HOLIDAYS.some(([from, to]) => from <= day && day <= to);
  const isWorking = isWeekday(day) && !isHoliday && !BANK_HOLIDAYS.has(day);
  if (isWorking) working.push(day);
  counted.set(day, { isWorking, upTo: working.length });
}

export const isSchoolWorkingDay = (day: string): boolean => counted.get(day)?.isWorking === true;

/** Working days after `from`, up to and with `to`. */
export const workingDaysBetween = (from: string, to: string): number =>
  (counted.get(to)?.upTo ?? Number.NaN) - (counted.get(from)?.upTo ?? Number.NaN);

/** The so-manieth working day after a day, or before it. */
export function workingDayFrom(day: string, count: number): string {
  const here = counted.get(day);
  if (!here) throw new Error(`${day} is not in the table.`);
  const before = here.upTo - (here.isWorking ? 1 : 0);
  const found = working[count > 0 ? here.upTo + count - 1 : before + count];
  if (!found) throw new Error(`The table does not reach from ${day} over ${count} working days.`);
  return found;
}

/** When the terms of the year are due and locked, as the demo's terms list has them. */
export const TERMS: readonly { year: string; term: number; due: string; locks: string }[] = [
  { year: '2025-26', term: 6, due: '2026-09-16', locks: '2026-10-07' },
  { year: '2026-27', term: 1, due: '2026-11-18', locks: '2026-12-11' },
  { year: '2026-27', term: 2, due: '2027-01-20', locks: '2027-02-10' },
  { year: '2026-27', term: 3, due: '2027-03-10', locks: '2027-03-25' },
  { year: '2026-27', term: 4, due: '2027-04-28', locks: '2027-05-19' },
  { year: '2026-27', term: 5, due: '2027-06-23', locks: '2027-07-14' },
];

/** The stages of the policy. */
export const RETURN_STAGES = [-5, -1, 1, 3, 5, 10] as const;
export const QUERY_STAGES = [1, 2, 5] as const;
export const MANAGER_STAGE = 5;
export const COMMISSIONER_STAGE = 10;
export const OPENS = 8 * 60 + 30;
export const CLOSES = 17 * 60;
export const SUMMARY = 9 * 60;

/** The latest stage reached on a day, and the day on which it was. */
export type StageReached = { stage: number; on: string };

const ladders = new Map<readonly number[], Map<string, readonly StageReached[]>>();

function ladderOf(from: string, stages: readonly number[]): readonly StageReached[] {
  const sameStages = ladders.get(stages) ?? new Map<string, readonly StageReached[]>();
  ladders.set(stages, sameStages);
  const ladder =
    sameStages.get(from) ?? stages.map((stage) => ({ stage, on: workingDayFrom(from, stage) }));
  sameStages.set(from, ladder);
  return ladder;
}

/** The latest of some stages counted from a day. */
export const stageOn = (
  day: string,
  from: string,
  stages: readonly number[],
): StageReached | undefined => ladderOf(from, stages).findLast(({ on }) => on <= day);

const firsts = new Map<string, string | undefined>();

/** The first working day of the week of a day. */
export function firstOfWeek(day: string): string | undefined {
  if (firsts.has(day)) return firsts.get(day);
  const number = Date.parse(`${day}T00:00:00Z`) / DAY;
  const monday = number - ((new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7);
  const first = [0, 1, 2, 3, 4].map((i) => dayNumbered(monday + i)).find(isSchoolWorkingDay);
  firsts.set(day, first);
  return first;
}

/** Whether anything of a term can be asked for on a day, or of a return that came in early. */
export function isLive(term: { due: string; locks: string }, day: string): boolean {
  if (day > term.locks) return false;
  return beginningOf(day) > beginningOf(term.due) - EARLIEST * DAY;
}
/** More days before the due day than anybody files. */
const EARLIEST = 30;
