import { shortDay } from '../../bot/calendar/london.ts';
import { formName } from '../../bot/returns/return.ts';
import { isFiled } from '../../bot/returns/state.ts';
import {
  countOf,
  weeklySummary,
  type DistrictLine,
  type WeeklySummary,
} from '../../bot/summary/weekly.ts';
import { termBeingGathered } from '../../bot/calendar/open-terms.ts';
import type { SummaryView } from '../../cards/views.ts';
import type { Look } from '../../bot/look.ts';
import { count, stateInWords } from './words.ts';

/** The weekly summary for the channel; undefined between years, when nothing is being gathered. */
export function summaryView(look: Look): SummaryView | undefined {
  const term = termBeingGathered(look.assessment.calendar, look.at);
  if (!term) return undefined;
  const districts = look.reading.districts.map((d) => d.name);
  return present(weeklySummary(look.situation, term, districts, look.reading.notChecked));
}

function present(summary: WeeklySummary): SummaryView {
  return {
    headline: `${summary.term}, due ${shortDay(summary.due)}: where returns stand in the week of ${shortDay(summary.week)}`,
    tallies: summary.tallies.map(({ form, returned, timely, expected }) => ({
      form: formName(form),
      returned: `${countOf(returned, expected)} returned`,
      timely: `${countOf(timely, expected)} on time`,
    })),
    chart: chartOf(summary),
    rows: summary.districts.map(rowOf),
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
