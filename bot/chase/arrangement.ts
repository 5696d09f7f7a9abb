import type { Person } from '../access/people.ts';
import { londonDay, shortDay, type Day } from '../calendar/london.ts';
import { returnId, type ReturnKey } from '../returns/return.ts';

/**
 * What somebody arranged about a return, or a commissioner about a district: appended to, never
 * changed, so that the whole story can be told. `by` is an Entra object id, `name` a person's name.
 */
export type Arrangement = { at: Date; by: string; name: string } &
  // *I'll file by* the end of this day.
  (
    | { what: 'promised'; until: Day }
    // A slip, taken back on the day it was made: it does not count as the one promise.
    | { what: 'promise undone' }
    // *A colleague will do it*, and its end.
    | { what: 'handed over'; to: string; toName: string }
    | { what: 'taken back' }
    // *I have seen this*, at the stage that the card had reached.
    | { what: 'seen'; stage: string }
    // A commissioner: the lead's manager is told now.
    | { what: 'escalated' }
    // A commissioner: not asked for this term, and its end.
    | { what: 'withdrawn'; note: string }
    | { what: 'asked for again' }
    // A commissioner, of a district: left in peace until the end of this day, and its end.
    | { what: 'paused'; until: Day }
    | { what: 'resumed' }
  );

/** By {@link returnId}, or by {@link districtSubject}; oldest first. */
export type Arrangements = ReadonlyMap<string, readonly Arrangement[]>;

/** Under what a district's own arrangements are kept. */
export const districtSubject = (district: string): string => `district|${district}`;

type Made<W extends Arrangement['what']> = Extract<Arrangement, { what: W }>;

/** What stands of the arrangements of one return or district, whatever the day. */
export type Standing = {
  promise?: Made<'promised'> | undefined;
  /** How many dates were given, those undone left out: one return has one. */
  promises: number;
  /** Whether a date was undone once: a second slip stands. */
  undone: boolean;
  holder?: Made<'handed over'> | undefined;
  escalated?: Made<'escalated'> | undefined;
  withdrawn?: Made<'withdrawn'> | undefined;
  pause?: Made<'paused'> | undefined;
  /** Who saw it last, and at which stage. */
  seen?: Made<'seen'> | undefined;
};

const NOTHING: Standing = { promises: 0, undone: false };

/** What stands after all that was arranged. */
export function standingOf(made: readonly Arrangement[] | undefined): Standing {
  if (made === undefined) return NOTHING;
  const known = standings.get(made);
  if (known) return known;
  const standing = made.reduce(after, NOTHING);
  standings.set(made, standing);
  return standing;
}

/** What was arranged is asked for again and again in a look, and never changed. */
const standings = new WeakMap<readonly Arrangement[], Standing>();

function after(standing: Standing, one: Arrangement): Standing {
  switch (one.what) {
    case 'promised':
      return { ...standing, promise: one, promises: standing.promises + 1 };
    case 'promise undone':
      return { ...standing, promise: undefined, promises: standing.promises - 1, undone: true };
    case 'handed over':
      return { ...standing, holder: one };
    case 'taken back':
      return { ...standing, holder: undefined };
    case 'seen':
      return { ...standing, seen: one };
    case 'escalated':
      return { ...standing, escalated: one };
    case 'withdrawn':
      return { ...standing, withdrawn: one };
    case 'asked for again':
      return { ...standing, withdrawn: undefined };
    case 'paused':
      return { ...standing, pause: one };
    case 'resumed':
      return { ...standing, pause: undefined };
  }
}

/** What a decision about arrangements needs to know. */
export type Arranged = { at: Date; arrangements: Arrangements; people: readonly Person[] };

export const standingFor = (key: ReturnKey, { arrangements }: Pick<Arranged, 'arrangements'>) =>
  standingOf(arrangements.get(returnId(key)));

/** The pause that a district is under, if any. */
export function pauseFor(
  district: string,
  { at, arrangements }: Pick<Arranged, 'at' | 'arrangements'>,
): Made<'paused'> | undefined {
  const { pause } = standingOf(arrangements.get(districtSubject(district)));
  return pause && londonDay(at) <= pause.until ? pause : undefined;
}

/** A promise lasts to the end of its day. */
export const promiseKeptOpen = ({ promise }: Standing, at: Date): Made<'promised'> | undefined =>
  promise && londonDay(at) <= promise.until ? promise : undefined;

/** A promise whose day is over; what was promised is still not filed, or nobody would ask. */
export const brokenPromise = ({ promise }: Standing, at: Date): Made<'promised'> | undefined =>
  promise && londonDay(at) > promise.until ? promise : undefined;

/** Who has a return in hand alone: while they still are a lead of its district who can be written to. */
export function holderOf(
  { district }: Pick<ReturnKey, 'district'>,
  { holder }: Standing,
  people: readonly Person[],
): Person | undefined {
  if (!holder) return undefined;
  return people.find(
    (p) =>
      p.id !== '' &&
      p.id === holder.to &&
      p.role === 'District lead' &&
      p.districts.includes(district),
  );
}

/** `Priya Raman said: by Fri 27 Nov`. */
export const promiseInWords = ({ name, until }: Made<'promised'>): string =>
  `${name} said: by ${shortDay(until)}`;
