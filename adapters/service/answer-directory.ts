import { peopleOf } from '../../bot/access/people.ts';
import { authorise } from '../../bot/access/permissions.ts';
import { londonDay, shortDay, shortInstant, type Day } from '../../bot/calendar/london.ts';
import type { Command } from '../../bot/conversation/command.ts';
import type { DirectoryCommand } from '../../bot/conversation/families.ts';
import { schoolsNamed, schoolsOf, sencoAt } from '../../bot/directory/asked-about.ts';
import { clinicsRunBy } from '../../bot/directory/clinics.ts';
import { nameInFull, sameAddress, type School } from '../../bot/directory/directory.ts';
import { renderCard, type Card } from '../../cards/render.ts';
import { clinicsView, MOST_OWN_CLINICS } from '../presenting/clinic-cards.ts';
import {
  linkPractitionerLine,
  linkPractitionerView,
  schoolsView,
} from '../presenting/directory-cards.ts';
import { shortened } from '../presenting/words.ts';
import { answerOnClinics } from './answer-clinics.ts';
import { cannotTell } from './as-senco.ts';
import { awayInWords, backInWords } from './away.ts';
import { bookInWords, cancelInWords, myBookings } from './book-clinic.ts';
import { note } from './notes.ts';
import { permitted, type Turn } from './permit.ts';

/** Answers what is asked of schools, link practitioners and clinics. */
export async function answerInDirectory(turn: Turn, command: DirectoryCommand): Promise<Card> {
  switch (command.name) {
    case 'link practitioner':
      return linkPractitioner(turn, command);
    case 'next clinic':
    case 'all clinics':
    case 'add to calendar':
      return answerOnClinics(turn, command);
    case 'book clinic':
      return bookInWords(turn, command);
    case 'cancel booking':
      return cancelInWords(turn, command);
    case 'my bookings':
      return myBookings(turn);
    case 'my schools':
      return mySchools(turn);
    case 'my clinics':
      return myClinics(turn, command.on);
    case 'away':
      return awayInWords(turn, command);
    case 'back':
      return backInWords(turn);
  }
}

type LinkCommand = Extract<Command, { name: 'link practitioner' }>;

/** The link practitioner of a school that is named, or of the asker's own. */
async function linkPractitioner(turn: Turn, command: LinkCommand): Promise<Card> {
  const unable = cannotTell(turn);
  if (unable) return unable;
  const { people, directory } = turn.now.reading;
  const own = schoolsOf(peopleOf(people, turn.actor), directory);
  const named = command.school === undefined ? own : schoolsNamed(command.school, directory);
  const isNamed = command.school !== undefined && command.unknownSchool === undefined;
  const allowed = isNamed ? named.filter((school) => mayAskAbout(turn, school)) : [];
  const about = isNamed ? (allowed[0] ?? named[0]) : own[0];
  return permitted(
    turn,
    'ask for a link practitioner',
    about,
    () => {
      if (command.unknownSchool !== undefined) return unknownSchool(command.unknownSchool);
      if (command.school !== undefined && !about) return unknownSchool(command.school);
      if (allowed.length > 1) return ofEach(turn, allowed);
      return about && (isNamed || own.length === 1)
        ? linkCard(turn, about, command.about)
        : whichSchool(turn, own);
    },
    (refusal) => refusal,
  );
}

const mayAskAbout = ({ now, actor }: Turn, school: School): boolean =>
  authorise(now.reading.people, actor, 'ask for a link practitioner', school).allowed;

/** Of several schools of one name, each with its own. */
function ofEach({ service, now }: Turn, schools: readonly School[]): Card {
  const shown = schools.slice(0, MOST_SCHOOLS);
  return renderCard('help', {
    headline: 'Several schools and settings have that name',
    intro: '',
    points: shown.map((school) => ({
      label: nameInFull(school),
      text: linkPractitionerLine(school, now.reading.directory, now.at),
    })),
    examples: [],
    isLocal: service.isLocal,
  });
}

function linkCard({ actor, now }: Turn, school: School, about: LinkCommand['about']): Card {
  const { directory, people } = now.reading;
  const isOwn = sencoAt(peopleOf(people, actor), directory)?.school === school;
  const view = linkPractitionerView(school, directory, now.at, { about: about ?? 'who', isOwn });
  return 'school' in view ? renderCard('link-practitioner', view) : renderCard('note', view);
}

/** Of what somebody wrote, in bytes. */
const MOST_OF_A_NAME = 200;

const unknownSchool = (name: string): Card =>
  note(
    'I do not know that school',
    `The schools list has no “${shortened(name, MOST_OF_A_NAME)}”. Please try its full name, or ask a commissioner to add it.`,
  );

/** Offered as buttons; there are more than a screen holds. */
const MOST_SCHOOLS = 6;

function whichSchool({ service, now }: Turn, own: readonly School[]): Card {
  const some = own.length > 0 ? own : now.reading.directory.schools.slice(0, 1);
  const sorted = some.toSorted((a, b) => a.name.localeCompare(b.name));
  const [first] = sorted;
  return renderCard('help', {
    headline: 'Which school or setting?',
    intro: first ? `Please name it too, such as “link practitioner of ${first.name}”.` : '',
    examples: sorted.slice(0, MOST_SCHOOLS).map(({ name }) => ({
      title: name,
      say: `link practitioner of ${name}`,
    })),
    isLocal: service.isLocal,
  });
}

/** The schools whose named contact the asker is. */
const mySchools = async (turn: Turn): Promise<Card> =>
  cannotTell(turn) ??
  permitted(
    turn,
    'see own schools',
    undefined,
    ({ email }) => {
      const { schools } = turn.now.reading.directory;
      const own = schools.filter((school) => sameAddress(email, school.linkPractitionerEmail));
      return renderCard('schools', schoolsView(email === '' ? [] : own));
    },
    (refusal) => refusal,
  );

/** The clinics that the asker runs, with who is coming. */
const myClinics = async (turn: Turn, on: Day | undefined): Promise<Card> =>
  cannotTell(turn) ??
  permitted(
    turn,
    'see own clinics',
    undefined,
    (who) => {
      const { directory } = turn.now.reading;
      const all = clinicsRunBy(directory.clinics, who, turn.now.at);
      const clinics = all.filter(({ starts }) => on === undefined || londonDay(starts) === on);
      const [next] = clinics;
      if (!next) return noneOfMine(on, all[0]?.starts);
      const more = clinics.length - MOST_OWN_CLINICS;
      const of = { directory, at: turn.now.at, runBy: { email: who.email } };
      return renderCard(
        'clinics',
        clinicsView(clinics.slice(0, MOST_OWN_CLINICS), of, {
          headline: `Your next clinic: ${shortInstant(next.starts)}`,
          more: more > 0 ? `and ${more} more after that` : '',
        }),
      );
    },
    (refusal) => refusal,
  );

const noneOfMine = (on: Day | undefined, next: Date | undefined): Card =>
  note(
    on ? `You have no clinic on ${shortDay(on)}` : 'No clinic of yours is in the list yet',
    next ? `Your next is ${shortInstant(next)}.` : 'Clinics come from the clinics list.',
  );
