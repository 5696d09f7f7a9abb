import { addDays, londonDay, type Day } from '../calendar/london.ts';
import { isWorkingDay, type Calendar } from '../calendar/working-days.ts';
import { brokenPromise, promiseKeptOpen, standingFor } from '../chase/arrangement.ts';
import type { ReturnStatus, Situation } from '../chase/situation.ts';
import { compareReturns, keyOf, returnId, type ReturnKey } from '../returns/return.ts';
import { isFiled } from '../returns/state.ts';

/** A day that somebody promised a return for, which is not filed. */
export type Promised = {
  key: ReturnKey;
  /** Who promised it. */
  name: string;
  until: Day;
  /** Working days since that day was over; 0 while it runs. */
  overdueBy: number;
};

type PromisesNow = {
  /** The longest overdue first. */
  broken: Promised[];
  /** The next to run out first. */
  running: Promised[];
};

/** Promises of returns that are not filed. What was undone, or is not asked for any more, is none. */
export function promisesNow(now: Situation): PromisesNow {
  const open = now.statuses.filter((status) => isAwaited(status, now));
  const broken = open.flatMap((status): Promised[] => {
    const promise = brokenPromise(standingFor(status, now), now.at);
    if (!promise) return [];
    const { name, until } = promise;
    return [{ key: keyOf(status), name, until, overdueBy: workingDaysSince(until, now) }];
  });
  const running = open.flatMap((status): Promised[] => {
    const promise = promiseKeptOpen(standingFor(status, now), now.at);
    return promise
      ? [{ key: keyOf(status), name: promise.name, until: promise.until, overdueBy: 0 }]
      : [];
  });
  return { broken: broken.sort(earliestFirst), running: running.sort(earliestFirst) };
}

const isAwaited = (status: ReturnStatus, now: Situation): boolean =>
  !isFiled(status.state) &&
  !now.saving.has(returnId(status)) &&
  standingFor(status, now).withdrawn === undefined;

const earliestFirst = (a: Promised, b: Promised): number =>
  a.until === b.until ? compareReturns(a.key, b.key) : a.until < b.until ? -1 : 1;

/** How many working days lie after a day, up to and with today. */
function workingDaysSince(day: Day, { at, calendar }: { at: Date; calendar: Calendar }): number {
  const today = londonDay(at);
  let count = 0;
  for (let next = addDays(day, 1); next <= today; next = addDays(next, 1)) {
    if (isWorkingDay(next, calendar)) count += 1;
  }
  return count;
}
