import { shortDay } from '../../bot/calendar/london.ts';
import { formName } from '../../bot/returns/return.ts';
import { isFiled } from '../../bot/returns/state.ts';
import { figuresSoFar, showFigureSoFar, type FormFigures } from '../../bot/summary/figures.ts';
import {
  countOf,
  weeklySummary,
  type DistrictLine,
  type WeeklySummary,
} from '../../bot/summary/weekly.ts';
import type { SummaryView } from '../../cards/views.ts';
import { gatheredIn, type Look } from '../../bot/look.ts';
import { count, shortened, stateInWords } from './words.ts';

/** The weekly summary for the channel; undefined between years, when nothing is being gathered. */
export function summaryView(look: Look): SummaryView | undefined {
  const term = gatheredIn(look);
  if (!term) return undefined;
  const districts = look.reading.districts.map((d) => d.name);
  const { measures, unreadMeasures, notChecked } = look.reading;
  const { statuses } = look.situation;
  const unreadForms = new Set(notChecked.flatMap(({ forms }) => forms));
  const gathered = { statuses, measures, unreadMeasures, districts, unreadForms };
  const figures = figuresSoFar(term, gathered).map(figuresView);
  return present(weeklySummary(look.situation, term, districts, notChecked), figures);
}

/** Beyond these the card would be too large for older clients; the lists hold the rest. */
const MOST_FIGURES = 40;
const LONGEST_QUESTION = 60;

function figuresView({ form, figures }: FormFigures): SummaryView['figures'][number] {
  const more = figures.length - MOST_FIGURES;
  return {
    form: formName(form),
    lines: figures.slice(0, MOST_FIGURES).map((figure) => ({
      question: shortened(figure.measure.question, LONGEST_QUESTION),
      figure: showFigureSoFar(figure),
    })),
    more: more > 0 ? `and ${more} more in the list` : '',
  };
}

/** Beyond these the card would be too large; each district's own card says all. */
const MOST_ARRANGED = 10;

const firstOf = (arranged: readonly string[]): string[] =>
  arranged.length <= MOST_ARRANGED
    ? [...arranged]
    : [...arranged.slice(0, MOST_ARRANGED), `and ${arranged.length - MOST_ARRANGED} more`];

function present(summary: WeeklySummary, figures: SummaryView['figures']): SummaryView {
  return {
    headline: `${summary.term}, due ${shortDay(summary.due)}: where returns stand in the week of ${shortDay(summary.week)}`,
    tallies: summary.tallies.map(({ form, returned, timely, expected }) => ({
      form: formName(form),
      returned: `${countOf(returned, expected)} returned`,
      timely: `${countOf(timely, expected)} on time`,
    })),
    chart: chartOf(summary),
    rows: summary.districts.map(rowOf),
    figures: figures.filter(({ lines }) => lines.length > 0),
    news: [
      `${count(summary.newFindings, 'new finding')}, ${summary.openFindings} still open, ${summary.resolvedFindings} resolved since last week.`,
      ...(summary.oldestOpenDays
        ? [`The oldest open finding is ${count(summary.oldestOpenDays, 'day')} old.`]
        : []),
      ...summary.paused.map((pause) => `Paused: ${pause}.`),
    ],
    chased: summary.chased.map(
      ({ district, name, about, outcome }) =>
        `${district}: ${name}, about ${count(about, 'item')} (${outcome})`,
    ),
    arranged: firstOf(summary.arranged),
    notChecked: summary.notChecked,
  };
}

/** Bars side by side for the two forms: how many districts are on time, late and not filed. */
const chartOf = ({ tallies }: WeeklySummary): SummaryView['chart'] =>
  tallies.map(({ form, returned, timely, expected }) => ({
    legend: formName(form),
    values: [
      { x: 'On time', y: timely },
      { x: 'Late', y: returned - timely },
      { x: 'Not filed', y: Math.max(0, expected - returned) },
    ],
  }));

function rowOf({ district, states, openFindings }: DistrictLine): SummaryView['rows'][number] {
  return {
    district,
    kpi: words(states.KPI),
    lar: words(states.LAR),
    findings: openFindings === 0 ? '–' : String(openFindings),
  };
}

function words(state: DistrictLine['states']['KPI']): string {
  if (state === undefined || state === 'could not check') return 'Could not check';
  if (state === 'not due yet') return 'Not due yet';
  return isFiled(state) ? 'Filed' : stateInWords(state);
}
