import {
  addDays,
  londonDay,
  londonTime,
  shortDay,
  shortInstant,
} from '../../bot/calendar/london.ts';
import type { ClinicWish } from '../../bot/conversation/command.ts';
import { hasPlace, isClinicFor } from '../../bot/directory/booking.ts';
import {
  endOf,
  hasBegun,
  isOfAnyDay,
  nearestClinics,
  type Among,
} from '../../bot/directory/clinics.ts';
import {
  bookedOtherwise,
  placesLeft,
  practitionerWithEmail,
  sameAddress,
  type Clinic,
  type Directory,
  type School,
} from '../../bot/directory/directory.ts';
import type { ClinicsView, ClinicView } from '../../cards/views.ts';
import { calendarLink } from './calendar-link.ts';
import { phaseInWords } from './directory-cards.ts';
import { beginning, count, shortened } from './words.ts';

/** For whom clinics are shown: a SENCO can book; whoever runs one sees who is coming. */
export type ClinicsFor = {
  directory: Directory;
  at: Date;
  senco?: { school: School; email: string };
  runBy?: { email: string };
};

/** What stands above and below the clinics of a card. */
export type Around = Pick<ClinicsView, 'headline'> &
  Partial<Pick<ClinicsView, 'tone' | 'text' | 'more'>>;

/** A screenful; of those with everybody who is coming, fewer fit. */
export const MOST_CLINICS = 6;
export const MOST_OWN_CLINICS = 4;

const MOST_COMING = 12;

/** Of any text of a list, in bytes: six clinics at their longest fit on a card. */
const MOST_OF_A_TEXT = 200;

/** Clinics as this person may see them, with what they can do about each. */
export function clinicsView(
  clinics: readonly Clinic[],
  of: ClinicsFor,
  { headline, tone = 'default', text = '', more = '' }: Around,
  given?: Clinic,
): ClinicsView {
  const shown = clinics.map(({ id }) => id).join(',');
  return {
    headline,
    tone,
    text,
    clinics: clinics.map((clinic) => clinicView(clinic, of, shown, clinic === given)),
    more,
  };
}

function clinicView(clinic: Clinic, of: ClinicsFor, shown: string, isGiven: boolean): ClinicView {
  const isOver = hasBegun(clinic, of.at);
  const isMine = of.senco !== undefined && hasPlace(clinic, of.senco.email);
  const isOutOfReach = of.senco !== undefined && !isMine && placesLeft(clinic) === 0;
  return {
    title: shortened(clinic.title, MOST_OF_A_TEXT),
    for: isForSenco(clinic, of) ? '' : forWhom(clinic),
    when: whenInWords(clinic),
    where: shortened(placeOf(clinic), MOST_OF_A_TEXT),
    joinLink: joinLinkOf(clinic),
    with: runnerOf(clinic, of),
    places: of.runBy ? takenInWords(clinic) : leftInWords(clinic),
    mine: isMine ? '✓ You have a place' : '',
    coming: of.runBy ? comingTo(clinic) : [],
    clinic: clinic.id,
    shown,
    book:
      !isOver && !isMine && canBook(clinic, of) ? (isGiven ? 'Book again' : 'Book a place') : '',
    canCancel: isMine && !isOver,
    calendarLink: isOver || isOutOfReach ? '' : calendarLink(clinic),
  };
}

const canBook = (clinic: Clinic, of: ClinicsFor): boolean =>
  isForSenco(clinic, of) && placesLeft(clinic) > 0;

/** Whether a SENCO asks, and can come. */
const isForSenco = (clinic: Clinic, { senco }: ClinicsFor): boolean =>
  senco !== undefined && isClinicFor(clinic, senco.school);

/** `Primary schools, Dover`: for who may not know. */
const forWhom = ({ phase, district }: Clinic): string =>
  `${beginning(phaseInWords(phase))}, ${shortened(district, MOST_OF_A_TEXT)}`;

/** `Wed 2 Dec, 13:30 to 14:30`. */
const whenInWords = (clinic: Clinic): string => {
  const ends = endOf(clinic);
  const isSameDay = londonDay(ends) === londonDay(clinic.starts);
  return `${shortInstant(clinic.starts)} to ${isSameDay ? londonTime(ends) : shortInstant(ends)}`;
};

const placeOf = ({ place, joinLink }: Clinic): string =>
  place || (joinLink ? 'Online' : 'Place to be confirmed');

/** Longer than any that Teams makes; half an address opens nothing. */
const LONGEST_LINK = 800;

function joinLinkOf({ joinLink }: Clinic): string {
  if (!joinLink.startsWith('https://')) return shortened(joinLink, MOST_OF_A_TEXT);
  return joinLink.length <= LONGEST_LINK ? joinLink : 'The link is too long to show: see the list.';
}

function runnerOf({ runByEmail }: Clinic, { directory, runBy }: ClinicsFor): string {
  if (runByEmail === '') return '';
  if (runBy && sameAddress(runBy.email, runByEmail)) return 'You';
  return shortened(practitionerWithEmail(runByEmail, directory)?.name ?? '', MOST_OF_A_TEXT);
}

const leftInWords = (clinic: Clinic): string =>
  placesLeft(clinic) === 0 ? 'Full' : `${count(placesLeft(clinic), 'place')} left`;

const takenInWords = (clinic: Clinic): string =>
  `${clinic.bookings.length + bookedOtherwise(clinic)} of ${clinic.places} taken`;

/** Names and schools of those who booked here, and how many others there are. */
function comingTo(clinic: Clinic): string[] {
  const named = clinic.bookings.map(({ name, school }) =>
    shortened([name, school].filter((words) => words !== '').join(', '), MOST_OF_A_TEXT),
  );
  const more = named.length - MOST_COMING;
  const others = bookedOtherwise(clinic);
  return [
    ...named.slice(0, MOST_COMING),
    ...(more > 0 ? [`and ${more} more with me`] : []),
    ...(others > 0
      ? [named.length > 0 ? `and ${others} in other ways` : `${others} booked in other ways`]
      : []),
  ];
}

/** `virtual clinic for primary schools in Dover after Tue 1 Dec with a place left`. */
function wishInWords(wish: ClinicWish, among: Among): string {
  const phase = wish.phase ?? among.phase;
  return [
    wish.mode,
    'clinic',
    phase && `for ${phaseInWords(phase)}`,
    `in ${inWords(among.districts)}`,
    daysInWords(wish),
    wish.free && 'with a place left',
  ]
    .filter((part) => typeof part === 'string')
    .join(' ');
}

/** `Dover`, `Dover and Swale`, `Dover, Swale and Thanet`. */
export function inWords(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

export function daysInWords({ after, until, on }: ClinicWish): string | undefined {
  if (on) return `on ${shortDay(on)}`;
  if (after && until) return `between ${shortDay(addDays(after, 1))} and ${shortDay(until)}`;
  if (after) return `after ${shortDay(after)}`;
  return until ? `until ${shortDay(until)}` : undefined;
}

/** Of what comes nearest to a wish. */
const MOST_NEAREST = 3;

/** What was looked for in vain, and what there is instead. */
export function noClinicView(wish: ClinicWish, among: Among, of: ClinicsFor): ClinicsView {
  const nearest = nearestClinics(of.directory.clinics, among, wish, of.at);
  const looked = `No ${wishInWords(wish, among)}`;
  const [first] = nearest?.clinics ?? [];
  if (!nearest || !first) {
    const isWished = wish.mode !== undefined || !isOfAnyDay(wish);
    const text = `${looked} is in the list yet.${of.senco ? ' Your link practitioner can tell you more.' : ''}`;
    return clinicsView([], of, {
      headline: isWished ? 'No such clinic is planned yet' : 'No clinic is planned yet',
      text,
    });
  }
  const when = shortInstant(first.starts);
  const instead = {
    mode: `The next ${wish.mode === 'virtual' ? 'in person' : 'online'} is ${when}.`,
    free: `The next is ${when}, and it is full.`,
    days: `The next in the list is ${when}.`,
    all: `What there is: the next is ${when}.`,
  };
  return clinicsView(nearest.clinics.slice(0, MOST_NEAREST), of, {
    headline: looked,
    text: instead[nearest.without],
  });
}
