import { shortDay } from '../../bot/calendar/london.ts';
import { notCheckedInWords, type Look } from '../../bot/look.ts';
import { promisesNow, type Promised } from '../../bot/oversight/promises.ts';
import { returnName } from '../../bot/returns/return.ts';
import type { ByDistrictView } from '../../cards/views.ts';
import { count } from './words.ts';

type Group = ByDistrictView['groups'][number];

/** Promises whose day is over, and those that run. */
export function promisesView(look: Look): ByDistrictView {
  const { broken, running } = promisesNow(look.situation);
  return {
    headline: headlineOf(broken.length, look),
    intro: introOf(broken.length, running.length),
    groups: [...groupsOf(broken), ...groupsOf(running)],
    notes: notCheckedInWords(look.reading.notChecked),
  };
}

function headlineOf(broken: number, { reading }: Look): string {
  if (broken > 0) return `${count(broken, 'promise is', 'promises are')} overdue`;
  return reading.notChecked.length > 0
    ? 'No promise is known to be overdue, but not everything could be checked'
    : 'No promise is overdue';
}

function introOf(broken: number, running: number): string {
  if (running > 0) return `${count(running, 'promise runs', 'promises run')} still.`;
  return broken > 0 ? '' : 'Nobody has promised a day for a return that is not filed.';
}

/** One group for a district, in the order in which its first promise comes. */
const groupsOf = (promises: readonly Promised[]): Group[] =>
  [...Map.groupBy(promises, ({ key }) => key.district)].map(([district, own]) => ({
    title: district,
    district,
    lines: own.map(lineOf),
    more: '',
  }));

const lineOf = ({ key, name, until, overdueBy }: Promised): Group['lines'][number] => ({
  what: `${returnName(key)}: `,
  text: `${name} said by ${shortDay(until)}`,
  beside: overdueBy > 0 ? `  ${count(overdueBy, 'working day')} ago` : '',
});
