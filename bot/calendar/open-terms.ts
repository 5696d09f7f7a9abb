import { londonDay } from './london.ts';
import { compareTerms, type Term } from './terms.ts';
import { addWorkingDays, type Calendar } from './working-days.ts';

/** How many working days before the due day a return counts as expected, or earlier where it is chased earlier. */
const EXPECTED_FROM = -5;

/** Terms whose returns are expected by now and may still be changed. */
export function openTerms(calendar: Calendar, at: Date, stages: readonly number[]): Term[] {
  const earliest = Math.min(EXPECTED_FROM, ...stages);
  const today = londonDay(at);
  return calendar.terms.filter((term) => {
    const from = addWorkingDays(term.due, earliest, calendar) ?? term.due;
    return from <= today && today <= term.locks;
  });
}

/** The term whose returns are being gathered: the latest one expected, or else the last that ended. */
export function termBeingGathered(
  calendar: Calendar,
  at: Date,
  stages: readonly number[],
): Term | undefined {
  const today = londonDay(at);
  const latest = (terms: readonly Term[]) => [...terms].sort(compareTerms).at(-1);
  return (
    latest(openTerms(calendar, at, stages)) ??
    latest(calendar.terms.filter((term) => term.ends < today))
  );
}
