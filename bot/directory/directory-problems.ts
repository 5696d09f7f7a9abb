import type { Person } from '../access/people.ts';
import { schoolFinder, type Directory } from './directory.ts';

/** What does not fit together in lists of the directory, in words for whoever edits each of them. */
type DirectoryProblems = Record<'people' | 'schools' | 'practitioners' | 'clinics', string[]>;

/** Names that are looked up in another list, and are not there; `districts` are the listed ones. */
export function directoryProblems(
  directory: Directory,
  people: readonly Person[],
  districts: ReadonlySet<string>,
): DirectoryProblems {
  const { schools, practitioners, clinics } = directory;
  const known = new Set(practitioners.map(({ email }) => folded(email)));
  const isUnknown = (email: string): boolean => email !== '' && !known.has(folded(email));
  const isNowhere = ({ district }: { district: string }): boolean => !districts.has(district);
  return {
    people: [
      ...sencoProblems(people, directory),
      ...told(
        people.filter(({ role, email }) => role === 'Link practitioner' && isUnknown(email)),
        ({ name }) => name,
        'a link practitioner whose e-mail address the link practitioners list does not have.',
      ),
    ],
    schools: [
      ...told(schools.filter(isNowhere), nameOf, NOWHERE),
      ...told(
        schools.filter(({ linkPractitionerEmail }) => isUnknown(linkPractitionerEmail)),
        nameOf,
        'the link practitioners list does not have the e-mail address, so nobody is named to them.',
      ),
    ],
    practitioners: told(
      practitioners.filter(({ coverEmail }) => isUnknown(coverEmail)),
      nameOf,
      'the list does not have the cover’s e-mail address, so no cover is named.',
    ),
    clinics: [
      ...told(clinics.filter(isNowhere), titleOf, NOWHERE),
      ...told(
        clinics.filter(({ runByEmail }) => isUnknown(runByEmail)),
        titleOf,
        'run by an e-mail address that the link practitioners list does not have.',
      ),
    ],
  };
}

const NOWHERE = 'in a district that the districts list does not have.';

function sencoProblems(people: readonly Person[], { schools }: Directory): string[] {
  const find = schoolFinder(schools);
  const sencos = people
    .filter(({ role }) => role === 'SENCO')
    .map((person) => ({ ...person, count: find(person).length }));
  return [
    ...told(
      sencos.filter(({ count }) => count === 0),
      atWork,
      'the schools list does not have that school or setting, so they are told nothing.',
    ),
    ...told(
      sencos.filter(({ count }) => count > 1),
      atWork,
      'several rows of the schools list have that name, and the first counts. Please put the district beside theirs.',
    ),
  ];
}

const folded = (email: string): string => email.trim().toLowerCase();
const nameOf = ({ name }: { name: string }): string => `“${name}”`;
const titleOf = ({ title }: { title: string }): string => `“${title}”`;
const atWork = ({ name, organisation }: Person): string => `${name} at “${organisation}”`;

/** As many as are named in one line. */
const FEW = 5;

/** `“Elmsbrook”, “Tidewatch”, … and 3 more: in a district that …`; nothing where there is none. */
function told<T>(all: readonly T[], inWords: (one: T) => string, what: string): string[] {
  if (all.length === 0) return [];
  const more = all.length > FEW ? ` and ${all.length - FEW} more` : '';
  return [`${all.slice(0, FEW).map(inWords).join(', ')}${more}: ${what}`];
}
