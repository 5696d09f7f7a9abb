import { shortDay, shortInstant } from '../../bot/calendar/london.ts';
import { termName } from '../../bot/calendar/terms.ts';
import {
  lateAgain,
  wasLate,
  type LateAgain,
  type Latecomer,
  type Timekeeping,
} from '../../bot/oversight/late-again.ts';
import { notCheckedInWords, type Look } from '../../bot/look.ts';
import { formName } from '../../bot/returns/return.ts';
import type { ByDistrictView } from '../../cards/views.ts';
import { count } from './words.ts';

/** Who is late for the last term that was due, and was late before. */
export function lateAgainView(look: Look): ByDistrictView {
  const late = lateAgain(look);
  const { term, again, once } = late;
  if (!term) {
    return {
      headline: 'No term was due yet',
      intro: 'The terms list has no term whose due day is over.',
      groups: [],
      notes: [],
    };
  }
  const byDistrict = Map.groupBy(again, ({ district }) => district);
  return {
    headline: headlineOf(byDistrict.size, look),
    intro: `${termName(term)}, due ${shortDay(term.due)}.`,
    groups: [
      ...[...byDistrict].map(([district, own]) => ({
        title: district,
        district,
        lines: own.map(lineOf),
        more: '',
      })),
      ...onceGroup(once),
    ],
    notes: [...watchedNote(late), ...notCheckedInWords(look.reading.notChecked)],
  };
}

function headlineOf(districts: number, { reading }: Look): string {
  if (districts > 0) return `${count(districts, 'district is', 'districts are')} late again`;
  return reading.notChecked.length > 0
    ? 'Nobody is known to be late again, but not everything could be checked'
    : 'Nobody is late again';
}

/** `KPI return: late 2 terms running, in 3 of the last 6`, with the dates of those. */
const lineOf = (one: Latecomer): ByDistrictView['groups'][number]['lines'][number] => ({
  what: `${formName(one.form)}: `,
  text: `late ${runningInWords(one)}`,
  beside: `  ${one.terms.filter(wasLate).map(whenInWords).join(' · ')}`,
});

const runningInWords = ({ running, late, known }: Latecomer): string =>
  running > 1
    ? `${running} terms running, in ${late} of the last ${known}`
    : `in ${late} of the last ${known} terms`;

function whenInWords(one: Timekeeping): string {
  const name = `${termName(one)}, due ${shortDay(one.due)}`;
  if (one.was === 'filed late') return `${name}: filed ${shortInstant(one.filed)}`;
  return `${name}: ${one.was}`;
}

function onceGroup(once: readonly Latecomer[]): ByDistrictView['groups'] {
  if (once.length === 0) return [];
  const lines = [...Map.groupBy(once, ({ form }) => form)].map(([form, own]) => ({
    what: `${formName(form)}: `,
    text: own.map(nameOf).join(', '),
    beside: '',
  }));
  return [{ title: 'Late this once, as far as is known', district: '', lines, more: '' }];
}

/** `Maidstone (part filed)`: what came in and is not complete was not forgotten. */
const nameOf = ({ district, terms }: Latecomer): string =>
  terms[0]?.was === 'part filed' ? `${district} (part filed)` : district;

/** What was there before the bot is judged by what the list says of it. */
function watchedNote({ watchedSince }: LateAgain): string[] {
  if (watchedSince === undefined) return [];
  const before =
    watchedSince === 'not yet'
      ? 'so far'
      : `before the bot first looked (${shortInstant(watchedSince)})`;
  return [
    `What came in ${before} goes by when its item was made in the list: whether it was complete by then is not known.`,
  ];
}
