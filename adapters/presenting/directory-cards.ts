import { daysBetween, londonDay, shortDay, type Day } from '../../bot/calendar/london.ts';
import {
  linkContact,
  PHASES,
  type Directory,
  type LinkContact,
  type LinkPractitioner,
  type Phase,
  type School,
} from '../../bot/directory/directory.ts';
import type { LinkPractitionerView, NoteView, SchoolsView } from '../../cards/views.ts';
import { beginning, count, shortened } from './words.ts';

/** What is asked of a link practitioner, and whether the school is the asker's own. */
type LinkAsked = { about: 'who' | 'contact' | 'cover'; isOwn: boolean };

/** Who a school's link practitioner is, or what to do where none is named. */
export function linkPractitionerView(
  school: School,
  directory: Directory,
  at: Date,
  { about, isOwn }: LinkAsked = { about: 'who', isOwn: true },
): LinkPractitionerView | NoteView {
  const contact = linkContact(school, directory, at);
  if (contact.kind === 'none named') {
    return {
      headline: 'No link practitioner is named yet',
      text: `The list has no link practitioner for ${school.name}. Please ask the lead of the ${school.district} team.`,
      tone: 'default',
    };
  }
  const reach = whoToReach(contact);
  return {
    headline: headlineOf({ about, isOwn }, contact, reach),
    school: school.name,
    name: reach.name,
    away: absenceLine(contact, { about, today: londonDay(at), district: school.district }),
    email: reach.email,
    phone: reach.phone,
  };
}

/** The same in a line, for one school among several. */
export function linkPractitionerLine(school: School, directory: Directory, at: Date): string {
  const view = linkPractitionerView(school, directory, at, { about: 'who', isOwn: false });
  if (!('school' in view)) return view.text;
  const reach = [view.name, view.email, view.phone].filter((words) => words !== '').join(', ');
  return view.away === '' ? reach : `${reach}. ${view.away}`;
}

type Named = Exclude<LinkContact, { kind: 'none named' }>;

/** Whoever is at work; where both are away, whoever is back first. */
function whoToReach(contact: Named): LinkPractitioner {
  if (contact.kind === 'at work' || !contact.cover) return contact.practitioner;
  const { practitioner, until, cover, coverAwayUntil } = contact;
  return coverAwayUntil === undefined || coverAwayUntil < until ? cover : practitioner;
}

const areBothAway = (contact: Named): boolean =>
  contact.kind === 'away' && contact.coverAwayUntil !== undefined;

function headlineOf({ about, isOwn }: LinkAsked, contact: Named, reach: LinkPractitioner): string {
  if (areBothAway(contact)) return 'Both are away at the moment';
  if (about === 'contact') return `How to reach ${reach.name}`;
  if (reach !== contact.practitioner) return 'Who to ask now';
  return isOwn ? 'Your link practitioner' : 'The link practitioner';
}

/** An absence is told of so many days before. */
const SOON_DAYS = 14;

function absenceLine(
  contact: Named,
  { about, today, district }: { about: LinkAsked['about']; today: Day; district: string },
): string {
  const { name } = contact.practitioner;
  if (contact.kind === 'away') return awayLine(contact, district);
  const { next } = contact;
  if (next && (about === 'cover' || daysBetween(today, next.from) <= SOON_DAYS)) {
    const meanwhile = next.cover
      ? `${next.cover.name} covers then.`
      : 'No cover is named for that time yet.';
    return `${name} is at work now, and away from ${shortDay(next.from)} until ${shortDay(next.until)}. ${meanwhile}`;
  }
  return about === 'cover' ? `${name} is at work, so nobody needs to cover.` : '';
}

function awayLine(contact: Extract<LinkContact, { kind: 'away' }>, district: string): string {
  const { practitioner, until, cover, coverAwayUntil } = contact;
  const away = `${practitioner.name} is away until ${shortDay(until)}`;
  if (!cover) return `${away}, and no cover is named. Messages are read on return.`;
  if (coverAwayUntil === undefined) return `${away}. ${cover.name} covers meanwhile.`;
  const first = until === coverAwayUntil ? '' : ` ${whoToReach(contact).name} is back first.`;
  return `${away}. ${cover.name} is named as cover, and away too until ${shortDay(coverAwayUntil)}.${first} For anything urgent please ask the lead of the ${district} team.`;
}

const PHASE_NAMES: Record<Phase | 'All schools', string> = {
  'Early years': 'early years',
  Primary: 'primary schools',
  Secondary: 'secondary schools',
  'All schools': 'all schools',
};

/** `primary schools`. */
export const phaseInWords = (phase: Phase | 'All schools'): string => PHASE_NAMES[phase];

/** As many as fit on a card, each name at its longest in bytes. */
export const MOST_SCHOOLS = 60;
const MOST_OF_A_NAME = 100;

/** The schools and settings that somebody links, by phase. */
export function schoolsView(schools: readonly School[]): SchoolsView {
  if (schools.length === 0) {
    return {
      headline: 'No school is yours in the list yet',
      text: 'The schools list names your e-mail address for none. Please ask a commissioner to put it in.',
      groups: [],
    };
  }
  const sorted = schools.toSorted(
    (a, b) => a.district.localeCompare(b.district) || a.name.localeCompare(b.name),
  );
  const byPhase = PHASES.flatMap((phase) => sorted.filter((school) => school.phase === phase));
  const shown = byPhase.slice(0, MOST_SCHOOLS);
  const groups = PHASES.map((phase) => ({
    phase: beginning(phaseInWords(phase)),
    schools: shown.filter((school) => school.phase === phase).map(shortNames),
  }));
  return {
    headline: `You are the link practitioner of ${count(schools.length, 'school or setting', 'schools and settings')}`,
    text: schools.length > MOST_SCHOOLS ? `The first ${MOST_SCHOOLS}; the list has all.` : '',
    groups: groups.filter((group) => group.schools.length > 0),
  };
}

const shortNames = ({ name, district }: School): { name: string; district: string } => ({
  name: shortened(name, MOST_OF_A_NAME),
  district: shortened(district, MOST_OF_A_NAME),
});
