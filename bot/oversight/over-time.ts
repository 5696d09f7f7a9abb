import { compareTerms, sameTerm, within, type TermKey } from '../calendar/terms.ts';
import { londonDay } from '../calendar/london.ts';
import { median } from '../findings/outlier.ts';
import { gatheredIn, type Look } from '../look.ts';
import { figureOf, type Answer } from '../returns/answer.ts';
import { isPercentage, type Form, type Measure } from '../returns/measure.ts';
import { countingById, returnId, type Return } from '../returns/return.ts';

/** What a district answered in a term; undefined where it has no return. */
export type Answered = TermKey & { answer: Answer | undefined };

/** What the county gave in a term. */
export type CountyFigure = TermKey & {
  /** The sum, and of percentages the median; undefined where nobody gave a figure: a gap, and never zero. */
  value: number | undefined;
  /** How many districts gave one, out of how many. */
  given: number;
  of: number;
};

/** A measure as it is asked for, or was last, with the rows of all terms. */
export type MeasureOverTime = {
  measure: Measure;
  rows: readonly Measure[];
  /** The terms to look at, oldest first: those of the last in which it was asked. */
  terms: readonly TermKey[];
};

/** As many as an axis has room for: a year, and the same term of the year before. */
const MOST_TERMS = 7;

/** Measures that moved have a row for each column: those of an id, the oldest first. */
export const rowsOf = (measures: readonly Measure[], id: string): Measure[] =>
  measures.filter((m) => m.id === id).sort(byFirstTerm);

const byFirstTerm = (a: Measure, b: Measure): number =>
  compareTerms(a.firstTerm ?? THE_FIRST, b.firstTerm ?? THE_FIRST);

const THE_FIRST: TermKey = { year: '', term: 0 };

/** A measure of the returns by its id; undefined where the measures list has none that can be read. */
export function measureOverTime(id: string, look: Look): MeasureOverTime | undefined {
  const rows = rowsOf(look.reading.measures, id);
  const measure = rows.at(-1);
  if (!measure) return undefined;
  const asked = termsSoFar(look).filter((term) => isAsked(rows, term));
  const last = asked.findLastIndex((term) => holdsFigure(rows, term, look));
  // Where a measure was given last long ago, those terms are looked at.
  const end = last < asked.length - MOST_TERMS ? last + 1 : asked.length;
  const terms = asked.slice(Math.max(0, end - MOST_TERMS), end);
  return { measure, rows, terms: withoutLeadingGaps(terms, rows, look) };
}

const isAsked = (rows: readonly Measure[], term: TermKey): boolean =>
  rows.some((row) => within(term, row.firstTerm, row.lastTerm));

/** Up to the term being gathered: of a later one nothing can be there. */
function termsSoFar(look: Look): TermKey[] {
  const gathered = gatheredIn(look);
  const today = londonDay(look.at);
  return look.reading.terms
    .filter((term) => (gathered ? compareTerms(term, gathered) <= 0 : term.starts <= today))
    .map(({ year, term }) => ({ year, term }))
    .sort(compareTerms);
}

function withoutLeadingGaps(
  terms: readonly TermKey[],
  rows: readonly Measure[],
  look: Look,
): TermKey[] {
  const first = terms.findIndex((term) => holdsFigure(rows, term, look));
  return first < 0 ? [] : terms.slice(first);
}

const holdsFigure = (
  [row]: readonly Measure[],
  { year, term }: TermKey,
  { reading }: Look,
): boolean =>
  row !== undefined &&
  reading.returns.some(
    (one) =>
      one.form === row.form &&
      sameTerm(one, { year, term }) &&
      figureOf(one.answers[row.id]) !== undefined,
  );

/** The returns of a form that count, by their ids. */
const countingOf = (form: Form, { reading }: Look): ReadonlyMap<string, Return> =>
  countingById(reading.returns.filter((one) => one.form === form));

/** A district's answers, term by term. */
export function answersOf(
  { measure, terms }: MeasureOverTime,
  district: string,
  look: Look,
): Answered[] {
  const counting = countingOf(measure.form, look);
  return terms.map((term) => {
    const filed = counting.get(returnId({ form: measure.form, district, ...term }));
    return { ...term, answer: filed && (filed.answers[measure.id] ?? { kind: 'blank' }) };
  });
}

/** The county's figures, term by term, each with how many districts it rests on. */
export function countyFigures(over: MeasureOverTime, look: Look): CountyFigure[] {
  const { measure, terms } = over;
  const districts = look.reading.districts.map(({ name }) => name);
  const each = districts.map((district) => answersOf(over, district, look));
  return terms.map((term, at) => {
    const figures = each.flatMap((answers) => figureOf(answers[at]?.answer) ?? []);
    return {
      ...term,
      value: together(figures, measure),
      given: figures.length,
      of: districts.length,
    };
  });
}

/** Counts add up over districts; shares do not. */
export function together(
  figures: readonly number[],
  { unit }: Pick<Measure, 'unit'>,
): number | undefined {
  if (figures.length === 0) return undefined;
  if (isPercentage(unit)) return median(figures);
  // 0.1 + 0.2: shares of a post are summed too.
  return Number(figures.reduce((sum, figure) => sum + figure, 0).toPrecision(12));
}

/** A term from which a measure was asked in other words, or counted otherwise. */
type Reworded = { from: TermKey; before: Pick<Measure, 'question' | 'definition'> };

/** Where the question, or what is counted, is another than in the row before. */
export const rewordings = (rows: readonly Measure[]): Reworded[] =>
  rows.slice(1).flatMap((row, i) => {
    const before = rows[i];
    const isSame =
      before === undefined ||
      (before.question === row.question && before.definition === row.definition);
    return isSame || !row.firstTerm ? [] : [{ from: row.firstTerm, before }];
  });
