import type { ClinicWish } from '../conversation/command.ts';
import { londonDay, type Day } from '../calendar/london.ts';
import { compareTerms, type Term } from '../calendar/terms.ts';
import { placesLeft, sameAddress, type Clinic, type Phase } from './directory.ts';

/** Whose clinics: of districts by their canonical names, and of one phase where it is given. */
export type Among = { districts: readonly string[]; phase?: Phase };

/** Clinics that are still to come, soonest first. */
export function clinicsAmong(clinics: readonly Clinic[], among: Among, at: Date): Clinic[] {
  return clinics
    .filter((clinic) => among.districts.includes(clinic.district) && !hasBegun(clinic, at))
    .filter((clinic) => among.phase === undefined || isOpenTo(clinic.phase, among.phase))
    .sort(bySoonest);
}

/** Those of them that are as somebody wishes, whatever place in the row they asked for. */
export const clinicsWanted = (
  clinics: readonly Clinic[],
  among: Among,
  wish: ClinicWish,
  at: Date,
): Clinic[] =>
  clinicsAmong(clinics, { ...among, ...(wish.phase ? { phase: wish.phase } : {}) }, at).filter(
    (clinic) => isAsWished(clinic, wish),
  );

export const bySoonest = (a: Clinic, b: Clinic): number => a.starts.getTime() - b.starts.getTime();

export const hasBegun = ({ starts }: Clinic, at: Date): boolean => starts.getTime() <= at.getTime();

export const endOf = ({ starts, minutes }: Clinic): Date =>
  new Date(starts.getTime() + minutes * 60_000);

/** Whether a school of this phase may come. */
export const isOpenTo = (clinic: Clinic['phase'], phase: Phase): boolean =>
  clinic === phase || (clinic === 'All schools' && phase !== 'Early years');

function isAsWished(clinic: Clinic, { after, until, on, mode, free }: ClinicWish): boolean {
  const day = londonDay(clinic.starts);
  if (after !== undefined && day <= after) return false;
  if (until !== undefined && day > until) return false;
  if (on !== undefined && day !== on) return false;
  if (free === true && placesLeft(clinic) === 0) return false;
  if (mode === 'virtual') return isVirtual(clinic);
  return mode === undefined || isInPerson(clinic);
}

const NO_ROOM = /^\s*(?:online|virtual|(?:microsoft )?teams|zoom)\b/i;

/** A clinic in a room with a link too is both. */
const isVirtual = ({ place, joinLink }: Clinic): boolean => joinLink !== '' || NO_ROOM.test(place);
const isInPerson = ({ place }: Clinic): boolean => place.trim() !== '' && !NO_ROOM.test(place);

/** A wish of which something was given up, so that there is a clinic. */
type Nearest = { without: 'mode' | 'free' | 'days' | 'all'; clinics: Clinic[] };

/** What comes nearest to a wish that no clinic fulfils; undefined where none is planned at all. */
export function nearestClinics(
  clinics: readonly Clinic[],
  among: Among,
  wish: ClinicWish,
  at: Date,
): Nearest | undefined {
  const { mode, free, after, until, on, ...rest } = wish;
  const days = given({ after, until, on });
  const looser: [Nearest['without'], ClinicWish][] = [
    ['mode', { ...rest, ...days, ...given({ free }) }],
    ['free', { ...rest, ...days, ...given({ mode }) }],
    ['days', { ...rest, ...given({ mode, free }) }],
    ['all', rest],
  ];
  for (const [without, other] of looser) {
    const found = clinicsWanted(clinics, among, other, at);
    if (found.length > 0) return { without, clinics: found };
  }
  return undefined;
}

/** What is said of it, and nothing of what is not. */
const given = <T extends object>(wish: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

/** Whether a wish says nothing of the days. */
export const isOfAnyDay = ({ after, until, on }: ClinicWish): boolean =>
  after === undefined && until === undefined && on === undefined;

/** The term in which a day falls; in a holiday the next. */
export const termOrNext = (terms: readonly Term[], day: Day): Term | undefined =>
  terms.filter(({ ends }) => ends >= day).sort(compareTerms)[0];

/** A practitioner's own, from now on: those that they run, and of their districts those that nobody is named for. */
export function clinicsRunBy(
  clinics: readonly Clinic[],
  { email, districts }: { email: string; districts: readonly string[] },
  at: Date,
): Clinic[] {
  const isTheirs = ({ runByEmail, district }: Clinic): boolean =>
    runByEmail === '' ? districts.includes(district) : sameAddress(runByEmail, email);
  return clinics.filter((c) => isTheirs(c) && endOf(c).getTime() > at.getTime()).sort(bySoonest);
}
