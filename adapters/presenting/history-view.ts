import { termLabel } from '../../bot/calendar/terms.ts';
import type { Finding } from '../../bot/findings/finding.ts';
import { figuresBefore, type Point } from '../../bot/findings/figures-before.ts';
import type { Look } from '../../bot/look.ts';
import { heldMeasuresOf, showFigure, type Unit } from '../../bot/returns/measure.ts';
import type { HistoryView } from '../../cards/views.ts';
import { shortened } from './words.ts';

/** What fits beside the axis of a picture. */
const MOST_OF_A_TITLE = 60;

/** A picture for a finding about one measure: the district's own earlier figures, and the one in doubt. */
export function historyView(finding: Finding, { reading }: Look): HistoryView | undefined {
  const [id, ...others] = finding.measures;
  if (id === undefined || others.length > 0) return undefined;
  const measure = heldMeasuresOf(reading.measures, finding.form, finding).find((m) => m.id === id);
  const points = measure && figuresBefore(reading.returns, id, finding);
  if (!points) return undefined;
  const [first] = points;
  const bars = (of: readonly Point[], named: (point: Point) => string) =>
    of.flatMap((point) =>
      point.figure === undefined ? [] : [{ x: named(point), y: point.figure }],
    );
  return {
    question: shortened(measure.question, MOST_OF_A_TITLE),
    terms: first ? `Terms, ${termLabel(first)} to ${termLabel(finding)}` : '',
    chart: [
      { legend: 'Earlier terms', values: bars(points.slice(0, -1), ({ term }) => `T${term}`) },
      { legend: 'In doubt', values: bars(points.slice(-1), () => 'Now') },
    ],
    line: inALine(points, measure.unit),
  };
}

/** `2024-25 T5 150 · T6 – · 2025-26 T1 155 · now 412`. */
function inALine(points: readonly Point[], unit: Unit): string {
  const parts = points.map(({ figure, ...term }, at) => {
    const shown = figure === undefined ? '–' : showFigure(figure, unit);
    if (at === points.length - 1) return `now ${shown}`;
    return `${points[at - 1]?.year === term.year ? `T${term.term}` : termLabel(term)} ${shown}`;
  });
  return parts.join(' · ');
}
