import { shortInstant, startOfDay, type Day } from '../../bot/calendar/london.ts';
import { notCheckedInWords, type Look } from '../../bot/look.ts';
import {
  whatChanged,
  type Change,
  type DistrictChanges,
} from '../../bot/oversight/what-changed.ts';
import type { ByDistrictView } from '../../cards/views.ts';
import { count, shortened } from './words.ts';

/** What fits a screen: so many lines, and of one district while others have news too. */
const MOST_LINES = 24;
const MOST_OF_A_DISTRICT = 5;
const MOST_OF_A_LINE = 200;

/** What changed since the beginning of a day, by district, the newest first. */
export function whatChangedView(look: Look, since: Day): ByDistrictView {
  const from = startOfDay(since);
  const districts = whatChanged(look, from);
  const changes = districts.reduce((sum, { changes }) => sum + changes.length, 0);
  const shown = onAScreen(districts);
  const left = districts.slice(shown.length);
  const when = shortInstant(from);
  return {
    headline:
      changes === 0
        ? `Nothing changed since ${when}.`
        : `${count(changes, 'change')} since ${when}`,
    intro: '',
    groups: shown.map(groupOf),
    notes: [
      ...(left.length > 0 ? [`And ${restOf(left)}.`] : []),
      ...notCheckedInWords(look.reading.notChecked),
    ],
  };
}

type Shown = DistrictChanges & { more: number };

/** Of each district its newest, as long as there is room. */
function onAScreen(districts: readonly DistrictChanges[]): Shown[] {
  const most = Math.max(MOST_OF_A_DISTRICT, Math.floor(MOST_LINES / Math.max(1, districts.length)));
  let room = MOST_LINES;
  return districts.flatMap(({ district, changes }) => {
    const lines = changes.slice(0, Math.min(most, room));
    room -= lines.length;
    return lines.length > 0
      ? [{ district, changes: lines, more: changes.length - lines.length }]
      : [];
  });
}

/** `7 changes in Swale, Thanet`. */
const restOf = (left: readonly DistrictChanges[]): string =>
  `${count(
    left.reduce((sum, { changes }) => sum + changes.length, 0),
    'change',
  )} in ${left.map(({ district }) => shortened(district, MOST_OF_A_NAME)).join(', ')}`;

/** An item may name anything for a district. */
const MOST_OF_A_NAME = 60;

function groupOf({ district, changes, more }: Shown): ByDistrictView['groups'][number] {
  const name = shortened(district.trim() || 'No district', MOST_OF_A_NAME);
  return {
    title: name,
    district: '',
    lines: changes.map(lineOf),
    more: more > 0 ? `and ${more} more` : '',
  };
}

const lineOf = ({ at, who, text }: Change) => ({
  what: '',
  text: shortened(text, MOST_OF_A_LINE),
  beside: `  ${who === '' ? '' : `${who}, `}${shortInstant(at)}`,
});
