import Holidays from 'date-holidays';

/** English bank holidays of the given calendar years, as London days (`2026-12-25`). */
export const englishBankHolidays = (years: Iterable<number>): Set<string> =>
  new Set([...years].flatMap(inYear));

const england = new Holidays('GB', 'ENG');
const known = new Map<number, readonly string[]>();

/** Every look asks for the same few years, and each takes milliseconds. */
function inYear(year: number): readonly string[] {
  const before = known.get(year);
  if (before) return before;
  const days = england.getHolidays(year, 'en').filter(({ type }) => type === 'public');
  const found = days.map(({ date }) => date.slice(0, 10));
  known.set(year, found);
  return found;
}
