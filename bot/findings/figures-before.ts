import { compareTerms, termBefore, type TermKey } from '../calendar/terms.ts';
import { figureOf } from '../returns/answer.ts';
import { countingById, returnId, type Return, type ReturnKey } from '../returns/return.ts';

/** A district's figure in one term; undefined where it gave none: a gap, and never zero. */
export type Point = TermKey & { figure: number | undefined };

/** A year of terms and the one in doubt: each can be named by its number, as an axis has room for. */
export const MOST_POINTS = 7;
const FEWEST_EARLIER = 3;

/**
 * A district's own figures of a measure, oldest first, term by term up to and with the one of `on`,
 * which is the last. Undefined where that has no figure, or too few terms before it have one.
 */
export function figuresBefore(
  returns: readonly Return[],
  measure: string,
  on: ReturnKey,
): readonly Point[] | undefined {
  const own = returns.filter(
    (r) => r.form === on.form && r.district === on.district && r.part === undefined,
  );
  const counting = countingById(own);
  const points = termsUpTo(on).map(({ year, term }): Point => {
    const filed = counting.get(returnId({ ...on, year, term }));
    return { year, term, figure: figureOf(filed?.answers[measure]) };
  });
  const first = points.findIndex(({ figure }) => figure !== undefined);
  const earlier = points.slice(0, -1).filter(({ figure }) => figure !== undefined);
  return points.at(-1)?.figure === undefined || earlier.length < FEWEST_EARLIER
    ? undefined
    : points.slice(first);
}

function termsUpTo({ year, term }: TermKey): TermKey[] {
  const terms: TermKey[] = [{ year, term }];
  for (let at: TermKey = { year, term }; terms.length < MOST_POINTS; terms.push(at)) {
    at = termBefore(at);
  }
  return terms.sort(compareTerms);
}
