import { peopleOf } from '../../bot/access/people.ts';
import { authorise, type About } from '../../bot/access/permissions.ts';
import { londonDay, shortInstant } from '../../bot/calendar/london.ts';
import type { ClinicWish, Command } from '../../bot/conversation/command.ts';
import { sayFor } from '../../bot/conversation/say.ts';
import { districtsOf, sencoAt, type Senco } from '../../bot/directory/asked-about.ts';
import { clinicsWanted, isOfAnyDay, termOrNext, type Among } from '../../bot/directory/clinics.ts';
import { placesLeft, type Clinic } from '../../bot/directory/directory.ts';
import { renderCard, type Card } from '../../cards/render.ts';
import {
  clinicsView,
  daysInWords,
  MOST_CLINICS,
  noClinicView,
  type ClinicsFor,
} from '../presenting/clinic-cards.ts';
import { phaseInWords } from '../presenting/directory-cards.ts';
import { districtsToShow } from '../presenting/likely.ts';
import { beginning, count } from '../presenting/words.ts';
import { cannotTell } from './as-senco.ts';
import { bookingsOf } from './book-clinic.ts';
import { permitted, type Turn } from './permit.ts';

type ClinicsCommand = Extract<Command, { name: 'next clinic' | 'all clinics' | 'add to calendar' }>;

/** Whose clinics somebody asks about, and what that has to be allowed on. */
type Whose = { abouts: readonly About[]; among: Among; senco?: Senco };

/** Clinics of the asker's own school or districts, or of a district that they name. */
export async function answerOnClinics(turn: Turn, command: ClinicsCommand): Promise<Card> {
  const unable = cannotTell(turn);
  if (unable) return unable;
  const whose = whoseClinics(turn, command);
  for (const about of whose.abouts) {
    const refusal = await refusalOf(turn, about);
    if (refusal) return refusal;
  }
  const { senco } = whose;
  if (whose.among.districts.length === 0) return whichDistrict(turn, command);
  const found = { turn, whose, wish: command, of: shownTo(turn, senco) };
  if (command.name === 'all clinics') return allClinics(found);
  return command.name === 'next clinic' ? nextClinic(found) : toCalendar(found);
}

const refusalOf = (turn: Turn, about: About): Promise<Card | undefined> =>
  permitted<Card | undefined>(
    turn,
    'ask for a clinic',
    about,
    () => undefined,
    (refusal) => refusal,
  );

function whoseClinics({ actor, now }: Turn, { district }: ClinicWish): Whose {
  const { people, directory } = now.reading;
  const entries = peopleOf(people, actor);
  const senco = sencoAt(entries, directory, (school) => school.district === district);
  if (senco && (district === undefined || district === senco.school.district)) {
    const { school } = senco;
    const among = { districts: [school.district], phase: school.phase };
    return { abouts: [school], among, senco };
  }
  const districts = district === undefined ? districtsOf(entries) : [district];
  return { abouts: districts.length > 0 ? districts : [undefined], among: { districts } };
}

const shownTo = ({ now }: Turn, senco: Senco | undefined): ClinicsFor => ({
  directory: now.reading.directory,
  at: now.at,
  ...(senco ? { senco: { school: senco.school, email: senco.who.email } } : {}),
});

/** Offers the same question of districts that may be asked about. */
function whichDistrict({ service, actor, now }: Turn, command: ClinicsCommand): Card {
  const isOpen = (district: string): boolean =>
    authorise(now.reading.people, actor, 'ask for a clinic', district).allowed;
  const examples = districtsToShow(now, isOpen).flatMap((district) => {
    const say = sayFor({ ...command, district });
    return say === undefined ? [] : [{ title: district, say }];
  });
  const [first] = examples;
  return renderCard('help', {
    headline: 'Which district?',
    intro: first ? `Please name it too, such as “${first.say}”.` : '',
    examples,
    isLocal: service.isLocal,
  });
}

type Found = { turn: Turn; whose: Whose; wish: ClinicWish; of: ClinicsFor };

const wanted = ({ turn, whose, wish }: Found): Clinic[] =>
  clinicsWanted(turn.now.reading.directory.clinics, whose.among, wish, turn.now.at);

const none = ({ whose, wish, of }: Found): Card =>
  renderCard('clinics', noClinicView(wish, whose.among, of));

const hasRoom = (clinic: Clinic): boolean => placesLeft(clinic) > 0;

/** Beside the next that still has a place, so that others are in sight. */
const A_FEW = 3;

/** The next clinic, or the one after it; a SENCO is told of the next that still has a place. */
function nextClinic(found: Found): Card {
  const clinics = wanted(found);
  if (clinics.length === 0) return none(found);
  const { wish, of } = found;
  if (wish.nth !== undefined) return theNth(found, clinics, wish.nth);
  const next = of.senco ? clinics.find(hasRoom) : clinics[0];
  const shown = clinics.slice(0, A_FEW);
  if (next && !shown.includes(next)) shown.splice(A_FEW - 1, 1, next);
  return renderCard('clinics', clinicsView(shown, of, { headline: headlineOf(next, of) }));
}

function headlineOf(next: Clinic | undefined, { senco }: ClinicsFor): string {
  if (!next) return 'The next clinics are full';
  return senco
    ? `Next clinic with a place: ${shortInstant(next.starts)}`
    : `Next clinic: ${shortInstant(next.starts)}`;
}

/** Those that are counted: for a SENCO those with a place, where there are any. */
function inTheRow(clinics: readonly Clinic[], { senco }: ClinicsFor): readonly Clinic[] {
  const free = senco ? clinics.filter(hasRoom) : [];
  return free.length > 0 ? free : clinics;
}

function theNth({ of }: Found, clinics: readonly Clinic[], nth: number): Card {
  const row = inTheRow(clinics, of);
  const one = row[nth - 1];
  const last = row.at(-1);
  const shown = one ?? last;
  const headline = one
    ? `After that: ${shortInstant(one.starts)}`
    : `There is none after ${last ? shortInstant(last.starts) : 'that'}`;
  return renderCard('clinics', clinicsView(shown ? [shown] : [], of, { headline }));
}

/** Every clinic of this term, or of the days that somebody gives; as many as fit on a screen. */
function allClinics(found: Found): Card {
  const { turn, wish } = found;
  const term = isOfAnyDay(wish)
    ? termOrNext(turn.now.reading.terms, londonDay(turn.now.at))
    : undefined;
  const clinics = wanted(term ? { ...found, wish: { ...wish, until: term.ends } } : found);
  if (clinics.length === 0) return none(found);
  const shown = clinics.slice(0, MOST_CLINICS);
  const days = term ? 'this term' : daysInWords(wish);
  return renderCard(
    'clinics',
    clinicsView(shown, found.of, {
      headline: [howMany(clinics.length, wish), days].filter(Boolean).join(' '),
      more: moreInWords(clinics.length - shown.length, shown.at(-1), wish),
    }),
  );
}

/** `3 clinics for secondary schools in person`. */
const howMany = (clinics: number, { mode, phase, free }: ClinicWish): string =>
  [
    count(clinics, mode === 'virtual' ? 'virtual clinic' : 'clinic'),
    phase && `for ${phaseInWords(phase)}`,
    mode === 'in person' && mode,
    free && 'with a place left',
  ]
    .filter((part) => typeof part === 'string')
    .join(' ');

/** With the words that show them: what was wished for is wished for still. */
function moreInWords(more: number, last: Clinic | undefined, wish: ClinicWish): string {
  if (more <= 0 || !last) return '';
  const { on: _on, nth: _nth, ...rest } = wish;
  const say = sayFor({ ...rest, name: 'all clinics', after: londonDay(last.starts) });
  return `and ${more} more: ask for “${say}”`;
}

/** What is to go into a calendar: what the asker has booked, or else the next. */
function toCalendar(found: Found): Card {
  const { turn, whose, wish, of } = found;
  const mine = whose.senco ? bookingsOf({ ...turn, senco: whose.senco }, wish) : [];
  const clinics = wanted(found);
  if (mine.length === 0 && clinics.length === 0) return none(found);
  const next = inTheRow(clinics, of)[(wish.nth ?? 1) - 1];
  const shown =
    mine.length > 0 && wish.nth === undefined ? mine.slice(0, A_FEW) : next ? [next] : [];
  if (shown.length === 0) return theNth(found, clinics, wish.nth ?? 1);
  return renderCard(
    'clinics',
    clinicsView(shown, of, {
      headline: beginning(
        `${mine.length > 0 ? 'your clinic' : 'the next clinic'} for your calendar`,
      ),
      text: 'Press “Add to my calendar”: Outlook opens with it filled in.',
    }),
  );
}
