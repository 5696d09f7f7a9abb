import { londonDay, type Day } from '../calendar/london.ts';
import type { GlossaryEntry } from './glossary.ts';

export const PHASES = ['Early years', 'Primary', 'Secondary'] as const;
export type Phase = (typeof PHASES)[number];

/** A row of the schools and settings list. */
export type School = {
  name: string;
  phase: Phase;
  district: string;
  otherNames: readonly string[];
  linkPractitionerEmail: string;
};

/** A row of the link practitioners list: the named contact of a set of schools. */
export type LinkPractitioner = {
  name: string;
  email: string;
  phone: string;
  awayFrom?: Day;
  awayUntil?: Day;
  coverEmail: string;
};

/** Somebody who booked a place through the bot. */
export type Booking = {
  name: string;
  school: string;
  email: string;
  /** What somebody wrote behind these in the list. */
  rest?: string;
};

/** A row of the clinics list. */
export type Clinic = {
  /** The id of its item, by which a button names it. */
  id: string;
  title: string;
  district: string;
  phase: Phase | 'All schools';
  starts: Date;
  /** How long it takes. */
  minutes: number;
  place: string;
  joinLink: string;
  /** Who runs it, or empty. */
  runByEmail: string;
  places: number;
  /** Places taken, whoever noted them. */
  booked: number;
  /** Those of them that were booked through the bot. */
  bookings: readonly Booking[];
};

export type Directory = {
  schools: readonly School[];
  practitioners: readonly LinkPractitioner[];
  clinics: readonly Clinic[];
  glossary: readonly GlossaryEntry[];
  /** Whether all its lists could be read. */
  isComplete: boolean;
};

/** Where an entry of the people list says that a SENCO works. */
type Workplace = { organisation: string; districts: readonly string[] };

/** A SENCO's own school or setting, by what the people list gives. */
export const ownSchool = (workplace: Workplace, { schools }: Directory): School | undefined =>
  schools.find((school) => isOwnSchool(workplace, school));

/** Whether an entry of the people list is of this school: one of its name elsewhere is another. */
export const isOwnSchool = ({ organisation, districts }: Workplace, school: School): boolean =>
  isSchoolNamed(organisation, school) &&
  (districts.length === 0 || districts.includes(school.district));

/** Finds all that {@link isOwnSchool} holds for, among many schools for many people. */
export function schoolFinder(schools: readonly School[]): (workplace: Workplace) => School[] {
  const byName = Map.groupBy(
    schools.flatMap((school) => namesOf(school).map((name) => ({ name, school }))),
    ({ name }) => name,
  );
  return (workplace) => {
    const called = byName.get(fold(workplace.organisation)) ?? [];
    return called.map(({ school }) => school).filter((school) => isOwnSchool(workplace, school));
  };
}

/** Whether this is the name of a school or setting, or one of its other names. */
export function isSchoolNamed(
  written: string,
  school: Pick<School, 'name' | 'otherNames'>,
): boolean {
  const wanted = fold(written);
  return wanted !== '' && namesOf(school).includes(wanted);
}

const folded = new WeakMap<object, readonly string[]>();

/** Asked for with each question, of every school. */
function namesOf(school: Pick<School, 'name' | 'otherNames'>): readonly string[] {
  const known = folded.get(school);
  if (known) return known;
  const names = [...new Set([school.name, ...school.otherNames].map(fold))];
  folded.set(school, names);
  return names;
}

/** `St Joseph's Catholic Primary School, Thanet`: tells apart schools of one name. */
export const nameInFull = ({ name, district }: Pick<School, 'name' | 'district'>): string =>
  `${name}, ${district}`;

/** As names are compared: whatever their case, width and blanks. */
export const fold = (text: string): string =>
  text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

/** An absence that is still to come. */
type Absence = { from: Day; until: Day; cover: LinkPractitioner | undefined };

/** Who to ask now. */
export type LinkContact =
  | { kind: 'at work'; practitioner: LinkPractitioner; next: Absence | undefined }
  | {
      kind: 'away';
      practitioner: LinkPractitioner;
      until: Day;
      cover: LinkPractitioner | undefined;
      /** Until when the cover is away too, or undefined while they are at work. */
      coverAwayUntil: Day | undefined;
    }
  | { kind: 'none named' };

/** The school's link practitioner, or the cover while away. */
export function linkContact(school: School, directory: Directory, at: Date): LinkContact {
  const practitioner = practitionerWithEmail(school.linkPractitionerEmail, directory);
  if (!practitioner) return { kind: 'none named' };
  const today = londonDay(at);
  const cover = practitionerWithEmail(practitioner.coverEmail, directory);
  const { awayFrom, awayUntil } = practitioner;
  if (!awayFrom || !awayUntil || today < awayFrom || today > awayUntil) {
    const isToCome = awayFrom && awayUntil && today < awayFrom && awayFrom <= awayUntil;
    const next = isToCome ? { from: awayFrom, until: awayUntil, cover } : undefined;
    return { kind: 'at work', practitioner, next };
  }
  const coverAwayUntil = cover && isAway(cover, today, today) ? cover.awayUntil : undefined;
  return { kind: 'away', practitioner, until: awayUntil, cover, coverAwayUntil };
}

/** Whether somebody is away on any day from the first to the last. */
export const isAway = (
  { awayFrom, awayUntil }: Pick<LinkPractitioner, 'awayFrom' | 'awayUntil'>,
  first: Day,
  last: Day,
): boolean =>
  awayFrom !== undefined && awayUntil !== undefined && awayFrom <= last && awayUntil >= first;

export const practitionerWithEmail = (
  email: string,
  { practitioners }: Pick<Directory, 'practitioners'>,
): LinkPractitioner | undefined =>
  practitioners.find((p) => email !== '' && sameAddress(p.email, email));

/** Whether two e-mail addresses are one. */
export const sameAddress = (one: string, other: string): boolean =>
  one.trim().toLowerCase() === other.trim().toLowerCase();

/** Places taken: those noted by anybody, and never fewer than were booked here. */
export const placesTaken = ({ booked, bookings }: Pick<Clinic, 'booked' | 'bookings'>): number =>
  Math.max(booked, bookings.length);

export const placesLeft = (clinic: Pick<Clinic, 'places' | 'booked' | 'bookings'>): number =>
  Math.max(0, clinic.places - placesTaken(clinic));

/** Places that are taken otherwise than through the bot. */
export const bookedOtherwise = (clinic: Pick<Clinic, 'booked' | 'bookings'>): number =>
  placesTaken(clinic) - clinic.bookings.length;
