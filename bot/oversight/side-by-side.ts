import { compareTerms, type TermKey } from '../calendar/terms.ts';
import type { ReturnStatus } from '../chase/situation.ts';
import { figureOf, type Answer } from '../returns/answer.ts';
import { heldMeasuresOf, type Form, type Measure } from '../returns/measure.ts';
import { isFiled } from '../returns/state.ts';

/** Two districts by their canonical names. */
export type TwoDistricts = readonly [one: string, other: string];

/** What two districts answered to the same question of the same term. */
export type PairOfAnswers = {
  measure: Measure;
  one: Answer | undefined;
  other: Answer | undefined;
  /** The other's figure less the one's; undefined where either gave none. */
  difference: number | undefined;
};

type Statuses = readonly ReturnStatus[];

/** The latest term for which both have filed a form. */
export function latestBothFiled(
  form: Form,
  [one, other]: TwoDistricts,
  statuses: Statuses,
): TermKey | undefined {
  const filed = statuses.filter((status) => status.form === form && isFiled(status.state));
  const ofOther = filed.filter(({ district }) => district === other);
  return filed
    .filter(({ district }) => district === one)
    .filter((mine) => ofOther.some((theirs) => compareTerms(mine, theirs) === 0))
    .map(({ year, term }) => ({ year, term }))
    .sort(compareTerms)
    .at(-1);
}

/** What both were asked in a term, question by question; nothing where neither gave a figure. */
export function answersSideBySide(
  form: Form,
  term: TermKey,
  [one, other]: TwoDistricts,
  { statuses, measures }: { statuses: Statuses; measures: readonly Measure[] },
): PairOfAnswers[] {
  const answersOf = (name: string) =>
    statuses.find(
      ({ district, ...of }) =>
        district === name && of.form === form && compareTerms(of, term) === 0,
    )?.filed?.answers;
  const [mine, theirs] = [answersOf(one), answersOf(other)];
  return heldMeasuresOf(measures, form, term)
    .map((measure) => pairOf(measure, mine?.[measure.id], theirs?.[measure.id]))
    .filter((pair) => [pair.one, pair.other].some((answer) => answer?.kind === 'number'));
}

/** Two answers to one question. */
export function pairOf(
  measure: Measure,
  one: Answer | undefined,
  other: Answer | undefined,
): PairOfAnswers {
  const [mine, theirs] = [figureOf(one), figureOf(other)];
  const difference =
    mine === undefined || theirs === undefined
      ? undefined
      : Number((theirs - mine).toPrecision(12)) || 0;
  return { measure, one, other, difference };
}
