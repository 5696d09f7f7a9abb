import type { Person } from '../access/people.ts';
import { ownSchool, sameAddress, type Directory, type School } from './directory.ts';

/** The schools that somebody asks about who names none: a SENCO's own, or all that they link or lead. */
export function schoolsOf(entries: readonly Person[], directory: Directory): School[] {
  const own = sencoAt(entries, directory);
  if (own) return [own.school];
  return directory.schools.filter((school) => entries.some((person) => isTheirs(person, school)));
}

function isTheirs({ role, email, districts }: Person, school: School): boolean {
  if (role === 'District lead') return districts.includes(school.district);
  if (role !== 'Link practitioner' || email === '') return false;
  return sameAddress(email, school.linkPractitionerEmail);
}

/** A SENCO, and the school or setting where they work, as the schools list has it. */
export type Senco = { who: Person; school: School };

/** Undefined for who is none, and where the schools list has no such school. */
export function sencoAt(entries: readonly Person[], directory: Directory): Senco | undefined {
  for (const who of entries) {
    const school = who.role === 'SENCO' ? ownSchool(who.organisation, directory) : undefined;
    if (school) return { who, school };
  }
  return undefined;
}

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
