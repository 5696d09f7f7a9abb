import { sameTerm, termLabel, type TermKey } from '../../bot/calendar/terms.ts';
import { showFigure, type Unit } from '../../bot/returns/measure.ts';
import type { ChartView } from '../../cards/views.ts';
import { shortened } from './words.ts';

/** A figure of one term; undefined is a gap, which has no bar. */
export type TermBar = TermKey & {
  figure: number | undefined;
  /** Why it is not to be held against the others as it stands: `10 of 12`. */
  marked?: string;
};

/** What fits beside the axis of a picture. */
const MOST_OF_A_TITLE = 60;

/** Bars term by term, of one or two; nothing where there is no figure, or only one to look at. */
export function termChart(
  question: string,
  unit: Unit,
  series: readonly { legend: string; bars: readonly TermBar[] }[],
): ChartView[] {
  const drawn = inOrder(series);
  const terms = series[0]?.bars ?? [];
  const [first, last] = [terms[0], terms.at(-1)];
  const isMarked = drawn.some(({ bars }) => bars.some(({ marked }) => marked !== undefined));
  if (!first || !last || drawn.every(({ bars }) => bars.length < 2)) return [];
  return [
    {
      question: shortened(question, MOST_OF_A_TITLE),
      terms: `Terms, ${termLabel(first)} to ${termLabel(last)}${isMarked ? '; * not every district' : ''}`,
      series: drawn.map(({ legend, bars }) => ({
        legend,
        values: bars.map((bar) => ({ x: nameOf(bar, terms), y: bar.figure })),
        line: inALine(series.find((one) => one.legend === legend)?.bars ?? [], unit),
      })),
    },
  ];
}

type Drawn = TermKey & { figure: number; marked?: string };

const isGiven = (bar: TermBar): bar is Drawn => bar.figure !== undefined;

/**
 * A client puts terms in the order in which it meets them: the one with more bars comes first and, where
 * it has a gap that the other fills, only the terms of both are drawn.
 */
function inOrder(
  series: readonly { legend: string; bars: readonly TermBar[] }[],
): { legend: string; bars: Drawn[] }[] {
  const drawn = series
    .map(({ legend, bars }) => ({ legend, bars: bars.filter(isGiven) }))
    .sort((a, b) => b.bars.length - a.bars.length);
  const [fullest, ...others] = drawn;
  const isInOrder = others.every(({ bars }) => bars.every((bar) => has(fullest, bar)));
  if (isInOrder) return drawn;
  return drawn.map(({ legend, bars }) => ({
    legend,
    bars: bars.filter((bar) => drawn.every((one) => has(one, bar))),
  }));
}

const has = (one: { bars: readonly Drawn[] } | undefined, bar: TermKey): boolean =>
  one !== undefined && one.bars.some((other) => sameTerm(other, bar));

/** `T5`, for an axis has room for no more; `T1 25` of the year before, where that term is there twice. */
function nameOf(bar: TermBar, all: readonly TermKey[]): string {
  const isTwice = all.some(({ year, term }) => term === bar.term && year > bar.year);
  const year = isTwice ? ` ${bar.year.slice(2, 4)}` : '';
  return `T${bar.term}${year}${bar.marked === undefined ? '' : '*'}`;
}

/** `2025-26 T5 150 · T6 – · 2026-27 T1 412`. */
function inALine(bars: readonly TermBar[], unit: Unit): string {
  const parts = bars.map((bar, at) => {
    const shown = bar.figure === undefined ? '–' : showFigure(bar.figure, unit);
    const name = bars[at - 1]?.year === bar.year ? `T${bar.term}` : termLabel(bar);
    return `${name} ${shown}${bar.marked === undefined ? '' : ` (${bar.marked})`}`;
  });
  return parts.join(' · ');
}
