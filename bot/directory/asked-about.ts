import type { Person } from '../access/people.ts';
import { ownSchool, sameAddress, type Directory, type School } from './directory.ts';

/** The schools that somebody asks about who names none: a SENCO's own, or all that they link or lead. */
export function schoolsOf(entries: readonly Person[], directory: Directory): School[] {
  const own = sencosAt(entries, directory);
  if (own.length > 0) return own.map(({ school }) => school);
  return directory.schools.filter((school) => entries.some((person) => isTheirs(person, school)));
}

function isTheirs({ role, email, districts }: Person, school: School): boolean {
  if (role === 'District lead') return districts.includes(school.district);
  if (role !== 'Link practitioner' || email === '') return false;
  return sameAddress(email, school.linkPractitionerEmail);
}

/** A SENCO, and the school or setting where they work, as the schools list has it. */
export type Senco = { who: Person; school: School };

/**
 * Of a SENCO of several schools, as who they are at the one that fits, or else at the first. Undefined
 * for who is none, and where the schools list has no such school.
 */
export function sencoAt(
  entries: readonly Person[],
  directory: Directory,
  fits: (school: School) => boolean = () => true,
): Senco | undefined {
  const all = sencosAt(entries, directory);
  return all.find(({ school }) => fits(school)) ?? all[0];
}

/** The same for each of their schools, in the order of the people list. */
export const sencosAt = (entries: readonly Person[], directory: Directory): Senco[] =>
  entries.flatMap((who) => {
    const school = who.role === 'SENCO' ? ownSchool(who, directory) : undefined;
    return school ? [{ who, school }] : [];
  });

/** Schools of this name, as the schools list has it. */
export const schoolsNamed = (name: string, { schools }: Directory): School[] =>
  schools.filter((school) => school.name === name);

/** The districts whose clinics somebody asks about who names none. */
export const districtsOf = (entries: readonly Person[]): string[] => [
  ...new Set(
    entries
      .filter(({ role }) => role === 'District lead' || role === 'Link practitioner')
      .flatMap(({ districts }) => districts),
  ),
];
