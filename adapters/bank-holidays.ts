import Holidays from 'date-holidays';

/** English bank holidays of the given calendar years, as London days (`2026-12-25`). */
export function englishBankHolidays(years: Iterable<number>): Set<string> {
  const england = new Holidays('GB', 'ENG');
  const days = [...new Set(years)].flatMap((year) => england.getHolidays(year, 'en'));
  return new Set(days.filter((d) => d.type === 'public').map((d) => d.date.slice(0, 10)));
}
