import { termLabel } from '../../bot/calendar/terms.ts';
import { gatheredIn, notCheckedInWords, type Look } from '../../bot/look.ts';
import { answersOf, type MeasureOverTime } from '../../bot/oversight/over-time.ts';
import {
  answersSideBySide,
  latestBothFiled,
  pairOf,
  type PairOfAnswers,
  type TwoDistricts,
} from '../../bot/oversight/side-by-side.ts';
import { figureOf } from '../../bot/returns/answer.ts';
import {
  isPercentage,
  OWED_FORMS,
  showFigure,
  type Form,
  type Unit,
} from '../../bot/returns/measure.ts';
import { formName, returnName, sameReturn } from '../../bot/returns/return.ts';
import type { SideBySideView } from '../../cards/views.ts';
import { answerInWords } from './answer-words.ts';
import { openFindings } from './findings-list.ts';
import { termChart } from './term-chart.ts';
import { beginning, count, shortened, statusLine } from './words.ts';

type TableView = SideBySideView['tables'][number];
type RowView = TableView['rows'][number];

/** How many questions of a form fit, and how much of each. */
const MOST_ROWS = 20;
const MOST_OF_A_QUESTION = 60;
const MOST_OF_AN_ANSWER = 40;

/** Where two districts stand, and what both answered in the last term that both have filed. */
export function sideBySideView(two: TwoDistricts, look: Look): SideBySideView {
  const figures = OWED_FORMS.map((form) => figuresTable(form, two, look));
  const without = OWED_FORMS.filter((_, at) => figures[at] === undefined);
  return {
    headline: `${two[0]} and ${two[1]}`,
    intro: '',
    chart: [],
    stands: [standsOf(two, look)],
    tables: figures.flatMap((table) => table ?? []),
    notes: [
      ...without.map((form) => `No ${formName(form)} is held that both have filed.`),
      ...notCheckedInWords(look.reading.notChecked),
    ],
  };
}

function standsOf(two: TwoDistricts, look: Look): SideBySideView['stands'][number] {
  const term = gatheredIn(look);
  const row = (label: string, said: (district: string) => string) => ({
    label,
    one: said(two[0]),
    other: said(two[1]),
  });
  const returns = term
    ? OWED_FORMS.map((form) =>
        row(beginning(returnName({ form, ...term })), (district) =>
          standsIn({ form, district, ...term }, look),
        ),
      )
    : [];
  return {
    one: two[0],
    other: two[1],
    rows: [...returns, row('Open findings', (district) => openFindingsOf(district, look))],
  };
}

function standsIn(key: Parameters<typeof sameReturn>[0], look: Look): string {
  if (look.situation.unread.has(key.form)) return 'Could not check';
  const status = look.situation.statuses.find((one) => sameReturn(one, key));
  return status ? statusLine(status, look.reading.terms, look.at) : 'Not due yet';
}

const openFindingsOf = (name: string, look: Look): string =>
  String(openFindings(look).filter(({ finding }) => finding.district === name).length);

function figuresTable(form: Form, two: TwoDistricts, look: Look): TableView | undefined {
  const { statuses } = look.situation;
  const term = latestBothFiled(form, two, statuses);
  if (!term) return undefined;
  const { measures } = look.reading;
  const pairs = answersSideBySide(form, term, two, { statuses, measures });
  const more = pairs.length - MOST_ROWS;
  return {
    id: form,
    one: two[0],
    other: two[1],
    title: beginning(returnName({ form, ...term })),
    isShown: form === OWED_FORMS[0],
    what: 'Question',
    apart: 'Difference',
    rows: pairs.slice(0, MOST_ROWS).map((pair) => pairRow(pair.measure.question, pair)),
    more: more > 0 ? `and ${count(more, 'question')} more in the list` : '',
  };
}

const pairRow = (label: string, { measure, one, other, difference }: PairOfAnswers): RowView => ({
  label: shortened(label, MOST_OF_A_QUESTION),
  one: shortened(answerInWords(one, measure.unit), MOST_OF_AN_ANSWER),
  other: shortened(answerInWords(other, measure.unit), MOST_OF_AN_ANSWER),
  difference: differenceInWords(difference, measure.unit),
});

/** `+23`, `−4`, `+3 points`, `0`. */
function differenceInWords(difference: number | undefined, unit: Unit): string {
  if (difference === undefined) return '–';
  const sign = difference > 0 ? '+' : difference < 0 ? '−' : '';
  const size = Math.abs(difference);
  if (!isPercentage(unit)) return `${sign}${showFigure(size, unit)}`;
  return `${sign}${showFigure(size, 'decimal')} ${size === 1 ? 'point' : 'points'}`;
}

/** One measure of two districts, term by term. */
export function measureSideBySideView(
  over: MeasureOverTime,
  two: TwoDistricts,
  look: Look,
): SideBySideView {
  const { measure, terms } = over;
  const [mine = [], theirs = []] = two.map((district) => answersOf(over, district, look));
  const chart = termChart(
    measure.question,
    measure.unit,
    two.map((legend, at) => ({
      legend,
      bars: (at === 0 ? mine : theirs).map(({ answer, ...term }) => ({
        ...term,
        figure: figureOf(answer),
      })),
    })),
  );
  const rows = terms.map((term, at) => {
    const [one, other] = [mine[at]?.answer, theirs[at]?.answer];
    const row = pairRow(termLabel(term), pairOf(measure, one, other));
    const none = 'no return';
    return { ...row, one: one ? row.one : none, other: other ? row.other : none };
  });
  return {
    headline: `${measure.question}: ${two[0]} and ${two[1]}`,
    intro: measure.definition,
    chart,
    stands: [],
    tables: [
      {
        id: '',
        one: two[0],
        other: two[1],
        title: 'Term by term',
        isShown: true,
        what: 'Term',
        apart: 'Difference',
        rows,
        more: rows.length === 0 ? 'No figure of it is held.' : '',
      },
    ],
    notes: notCheckedInWords(look.reading.notChecked),
  };
}
