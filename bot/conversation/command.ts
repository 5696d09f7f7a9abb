import type { Day } from '../calendar/london.ts';
import type { Phase } from '../directory/directory.ts';

/** Which clinics somebody means. What is not said is not here. */
export type ClinicWish = {
  phase?: Phase;
  /** Canonical name; without it, the asker's own. */
  district?: string;
  /** Later than this London day. */
  after?: Day;
  /** No later than this London day. */
  until?: Day;
  /** On this very day. */
  on?: Day;
  mode?: 'virtual' | 'in person';
  /** Only those with a place left. */
  free?: true;
  /** The second, the third …: *and the one after?* */
  nth?: number;
};

/** The school that somebody names: as the schools list has it, or as they wrote it where it has none. */
type SchoolNamed = { school?: string; unknownSchool?: string };

/** What somebody asks for in words. A recogniser, or a planner with a model, only ever chooses one of these. */
export type Command =
  // Anybody.
  | { name: 'help' }
  | { name: 'greeting' }
  | { name: 'thanks' }
  | { name: 'rude' }
  | { name: 'other language' }
  | { name: 'empty' }
  | { name: 'not understood' }
  /** Two or three things that may have been meant. */
  | { name: 'offer'; of: readonly Command[] }
  /** What a word of the service means, as it was written. */
  | { name: 'definition'; of: string }
  /** Somebody whom the people list does not know says where they work. */
  | ({ name: 'introduce' } & SchoolNamed)
  // About a school or setting, and its clinics.
  | ({ name: 'link practitioner'; about?: 'contact' | 'cover' } & SchoolNamed)
  | ({ name: 'next clinic' } & ClinicWish)
  | ({ name: 'all clinics' } & ClinicWish)
  | ({ name: 'book clinic' } & ClinicWish)
  | ({ name: 'cancel booking' } & ClinicWish)
  | { name: 'my bookings' }
  | ({ name: 'add to calendar' } & ClinicWish)
  // Leads.
  | { name: 'what is due' }
  | { name: 'my last return'; form?: 'KPI' | 'LAR'; measure?: string }
  | { name: 'my open queries' }
  // Commissioners.
  | { name: 'who is missing' }
  | { name: 'late again' }
  | { name: 'show district'; district: string }
  | { name: 'chase district'; district: string }
  /** Two districts by their canonical names. */
  | { name: 'compare districts'; districts: readonly [string, string]; measure?: string }
  | { name: 'which district'; of: 'show district' | 'chase district' }
  | { name: 'which second district'; district: string }
  /** A measure by its id; of a district, or of all. */
  | { name: 'measure over time'; measure?: string; district?: string }
  | { name: 'overdue promises' }
  /** From the beginning of this London day; without it, since the week began. */
  | { name: 'what changed'; since?: Day }
  | { name: 'show findings'; district?: string }
  | { name: 'what can be approved' }
  /** The rule as it was written: `try rule schoolCaseload >= activelySupportedSchools`. */
  | { name: 'try rule'; text: string }
  | { name: 'who wants in' }
  // Link practitioners.
  | { name: 'my schools' }
  | { name: 'my clinics'; on?: Day }
  /** First and last day away, and who covers, by the name that the link practitioners list has. */
  | { name: 'away'; from?: Day; until?: Day; cover?: string }
  | { name: 'back' };

export type CommandName = Command['name'];
