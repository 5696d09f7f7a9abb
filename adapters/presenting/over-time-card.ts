import { termLabel, termName, type TermKey } from '../../bot/calendar/terms.ts';
import type { Look } from '../../bot/look.ts';
import {
  answersOf,
  countyFigures,
  rewordings,
  type CountyFigure,
  type MeasureOverTime,
} from '../../bot/oversight/over-time.ts';
import { figureOf, showAnswer } from '../../bot/returns/answer.ts';
import { isPercentage, showFigure, type Measure } from '../../bot/returns/measure.ts';
import type { OverTimeView } from '../../cards/views.ts';
import { answerInWords } from './answer-words.ts';
import { termChart, type TermBar } from './term-chart.ts';

/** A measure term by term: of one district, or of the county where none is named. */
export function overTimeView(
  over: MeasureOverTime,
  district: string | undefined,
  look: Look,
): OverTimeView {
  const { measure, terms } = over;
  const seen = district === undefined ? inCounty(over, look) : inDistrict(over, district, look);
  const isThere = terms.length > 0;
  return {
    headline: `${measure.question}, ${district ?? 'countywide'}`,
    definition: measure.definition,
    chart: isThere
      ? termChart(measure.question, measure.unit, [{ legend: seen.legend, bars: seen.bars }])
      : [],
    lines: isThere ? seen.lines : [],
    notes: [
      ...(isThere ? seen.notes : ['No figure of it is held.']),
      ...changesOf(over),
      ...couldNotCheck(measure, look),
    ],
  };
}

/** The terms of one or all districts, ready to be drawn and read. */
type Seen = {
  legend: string;
  bars: TermBar[];
  lines: OverTimeView['lines'];
  notes: string[];
};

function inDistrict(over: MeasureOverTime, district: string, look: Look): Seen {
  const { unit } = over.measure;
  const answers = answersOf(over, district, look);
  return {
    legend: district,
    bars: answers.map(({ year, term, answer }) => ({ year, term, figure: figureOf(answer) })),
    lines: answers.map(({ answer, ...term }) => {
      const isFigure = answer?.kind === 'number';
      return {
        term: termName(term),
        figure: isFigure ? showAnswer(answer, unit) : '–',
        beside: isFigure ? '' : `  ${answer ? answerInWords(answer, unit) : 'no return'}`,
      };
    }),
    notes: [],
  };
}

function inCounty(over: MeasureOverTime, look: Look): Seen {
  const { unit } = over.measure;
  const figures = countyFigures(over, look);
  const isShare = isPercentage(unit);
  return {
    legend: isShare ? 'Median of the districts' : 'Sum of the districts',
    bars: figures.map((one) => ({
      year: one.year,
      term: one.term,
      figure: one.value,
      ...(isComplete(one) ? {} : { marked: `${one.given} of ${one.of}` }),
    })),
    lines: figures.map((one) => ({
      term: termName(one),
      figure: one.value === undefined ? '–' : showFigure(one.value, unit),
      beside: `  ${one.given} of ${one.of} districts`,
    })),
    notes: countyNotes(isShare, figures.every(isComplete)),
  };
}

const isComplete = ({ given, of }: CountyFigure): boolean => given === of;

function countyNotes(isShare: boolean, areAllThere: boolean): string[] {
  if (isShare)
    return ['Percentages do not add up: this is the median of the districts that gave one.'];
  return areAllThere
    ? []
    : [
        'Where districts are missing, it is the sum of those that gave a figure, and not the county’s.',
      ];
}

/** Since when and until when it is asked, and where the question became another. */
function changesOf({ measure, rows }: MeasureOverTime): string[] {
  const asked = askedInWords(rows[0]?.firstTerm, measure.lastTerm);
  return [
    ...(asked === '' ? [] : [asked]),
    ...rewordings(rows).map(({ from, before }) =>
      `The question changed in ${termName(from)}. Before that: “${before.question}”. ${before.definition}`.trim(),
    ),
  ];
}

function askedInWords(first: TermKey | undefined, last: TermKey | undefined): string {
  if (first && last) return `Asked from ${termLabel(first)} to ${termLabel(last)}.`;
  if (first) return `Asked since ${termLabel(first)}; there is no figure before.`;
  return last ? `Asked until ${termLabel(last)}.` : '';
}

const couldNotCheck = ({ form }: Measure, { reading }: Look): string[] =>
  reading.notChecked
    .filter(({ forms }) => forms.includes(form))
    .map(({ list, reason }) => `${list}: could not check. ${reason}`);
