import { hasBegun, isOpenTo } from './clinics.ts';
import {
  placesLeft,
  placesTaken,
  sameAddress,
  type Booking,
  type Clinic,
  type School,
} from './directory.ts';

/** What a clinic holds once somebody has booked, or given a place back. */
type Taken = Pick<Clinic, 'booked' | 'bookings'>;

export type Booked =
  | ({ kind: 'booked' } & Taken)
  | { kind: 'already' | 'full' | 'over' | 'not open to you' | 'no such clinic' | 'no e-mail' };

export type Cancelled =
  ({ kind: 'cancelled' } & Taken) | { kind: 'not booked' | 'over' | 'no such clinic' };

/** Whether somebody of this school can have a place at a clinic, as it stands now. */
export function book(
  clinic: Clinic | undefined,
  school: School,
  who: Pick<Booking, 'name' | 'email'>,
  at: Date,
): Booked {
  if (!clinic) return { kind: 'no such clinic' };
  if (who.email.trim() === '') return { kind: 'no e-mail' };
  if (!isClinicFor(clinic, school)) return { kind: 'not open to you' };
  if (hasPlace(clinic, who.email)) return { kind: 'already' };
  if (hasBegun(clinic, at)) return { kind: 'over' };
  if (placesLeft(clinic) === 0) return { kind: 'full' };
  const bookings = [...clinic.bookings, { ...who, school: school.name }];
  return {
    kind: 'booked',
    booked: placesTaken(clinic) + 1,
    bookings,
  };
}

/** Whether somebody of this school can come, if there is a place. */
export const isClinicFor = (
  { district, phase }: Pick<Clinic, 'district' | 'phase'>,
  school: Pick<School, 'district' | 'phase'>,
): boolean => district === school.district && isOpenTo(phase, school.phase);

/** Gives somebody's place back; of several lines of theirs, all. */
export function cancel(clinic: Clinic | undefined, email: string, at: Date): Cancelled {
  if (!clinic) return { kind: 'no such clinic' };
  if (!hasPlace(clinic, email)) return { kind: 'not booked' };
  if (hasBegun(clinic, at)) return { kind: 'over' };
  const bookings = clinic.bookings.filter((one) => !sameAddress(one.email, email));
  const given = clinic.bookings.length - bookings.length;
  return { kind: 'cancelled', booked: placesTaken(clinic) - given, bookings };
}

/** Whether somebody booked a place through the bot. */
export const hasPlace = ({ bookings }: Pick<Clinic, 'bookings'>, email: string): boolean =>
  email.trim() !== '' && bookings.some((one) => sameAddress(one.email, email));

/** Reads `Sam Okafor; Elmsbrook Primary School; sam.okafor@stls.example`, one on each line, and what else is on it. */
export const readBookings = (note: string): Booking[] =>
  note
    .split(LINE_BREAKS)
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [name = '', school = '', email = '', ...rest] = line.split(';');
      const behind = rest.join(';').trim();
      const booking = { name: name.trim(), school: school.trim(), email: email.trim() };
      return behind === '' ? booking : { ...booking, rest: behind };
    });

/** Writes them so that they are read as the same: what separates is put as a comma or a blank. */
export const writeBookings = (bookings: readonly Booking[]): string =>
  bookings.map(lineOf).join('\n');

const lineOf = ({ name, school, email, rest = '' }: Booking): string =>
  [...[name, school, email].map(inOneCell), rest].join('; ').replace(/[;\s]+$/, '');

const inOneCell = (text: string): string =>
  text
    .replace(/\s*;\s*/g, ', ')
    .replace(/\s+/g, ' ')
    .trim();

const LINE_BREAKS = /[\r\n\u2028\u2029\v\f]+/;
