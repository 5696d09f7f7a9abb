/** What somebody may be here. One person may be several things. */
export const ROLES = [
  'District lead',
  'Commissioner',
  'SENCO',
  'Link practitioner',
  "Lead's manager",
] as const;
export type Role = (typeof ROLES)[number];

/** A row of the people list. */
export type Person = {
  /** The Entra object id: what a verified message says of its sender. */
  id: string;
  name: string;
  email: string;
  role: Role;
  /** Canonical district names; empty where the role is not tied to a district. */
  districts: readonly string[];
  /** A SENCO's school or setting. */
  organisation: string;
  /** Of one manager, or of several with semicolons between. */
  managerEmail: string;
};

/** Everything that one Entra object id is. */
export const peopleOf = (people: readonly Person[], id: string): Person[] =>
  people.filter((person) => person.id !== '' && person.id.toLowerCase() === id.toLowerCase());

/**
 * Rows of one person in one role become one entry with the districts and managers of all. A SENCO of
 * several schools stays one entry for each.
 */
export function mergedPeople(rows: readonly Person[]): Person[] {
  const groups = Map.groupBy(rows, ({ id, email, role, organisation }) =>
    [id || email, role, role === 'SENCO' ? organisation.toLowerCase() : ''].join('|'),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const districts = [...new Set(group.flatMap((row) => row.districts))];
    const managerEmail = [...new Set(group.flatMap(managerEmails))].join('; ');
    return first ? [{ ...first, districts, managerEmail }] : [];
  });
}

export const leads = (people: readonly Person[]): Person[] =>
  people.filter((p) => p.role === 'District lead');

export const leadsOf = (people: readonly Person[], district: string): Person[] =>
  people.filter((p) => p.role === 'District lead' && p.districts.includes(district));

export const commissioners = (people: readonly Person[]): Person[] =>
  people.filter((p) => p.role === 'Commissioner');

/** The e-mail addresses of somebody's managers. */
export const managerEmails = ({ managerEmail }: Person): string[] =>
  managerEmail
    .toLowerCase()
    .split(/[;,]/)
    .map((email) => email.trim())
    .filter((email) => email !== '');

/** Whoever has an e-mail address: of several rows one that can be written to. */
export const personWithEmail = (people: readonly Person[], email: string): Person | undefined =>
  byEmail(people).get(email.toLowerCase());

const known = new WeakMap<readonly Person[], ReadonlyMap<string, Person>>();

/** Asked for each lead whenever managers are decided about; the people of a look stay the same. */
function byEmail(people: readonly Person[]): ReadonlyMap<string, Person> {
  const before = known.get(people);
  if (before) return before;
  const found = new Map<string, Person>();
  for (const person of people) {
    const email = person.email.toLowerCase();
    const other = found.get(email);
    if (!other || (other.id === '' && person.id !== '')) found.set(email, person);
  }
  known.set(people, found);
  return found;
}

/** The managers of a lead whom the people list knows. */
export const managersOf = (people: readonly Person[], lead: Person): Person[] =>
  managerEmails(lead).flatMap((email) => personWithEmail(people, email) ?? []);

/** `Priya` of `Priya Raman (demo)`. */
export const firstName = ({ name }: Pick<Person, 'name'>): string => name.split(' ')[0] ?? name;
