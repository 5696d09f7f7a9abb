/** Many years, one after another: `YEARS=100` says how many, `SEED=7` has one told in plain words. */
import { liveYear } from './live-the-year.ts';

/** As many as fit beside the other tests; `npm run years` lives five thousand. */
const YEARS = Number(process.env['YEARS'] ?? 1000);
export const SEED = process.env['SEED'];

/** How much of a failing year is told before it went wrong. */
const LINES = 40;

export type Years = { years: number; totals: ReadonlyMap<string, number>; broken: string };

/** Lives through the first or the second half of the years, as far as the first that goes wrong. */
export function liveHalf(half: 0 | 1): Years {
  const each = Math.ceil(YEARS / 2);
  const totals = new Map<string, number>();
  for (let year = 1; year <= each; year += 1) {
    const seed = half * each + year;
    const { counts, broken } = liveYear(seed);
    if (broken !== undefined) return { years: year, totals, broken: tell(seed) };
    for (const [what, times] of counts) totals.set(what, (totals.get(what) ?? 0) + times);
  }
  return { years: each, totals, broken: '' };
}

/** The same year again, with what happened before it went wrong. */
function tell(seed: number): string {
  const { story, broken } = liveYear(seed, { isTold: true });
  return [`SEED=${seed}: ${broken}`, ...story.slice(-LINES)].join('\n');
}

/** A whole year in plain words. */
export const storyOf = (seed: number): string => liveYear(seed, { isTold: true }).story.join('\n');
