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
  managerEmail: string;
};

/** Everything that one Entra object id is. */
export const peopleOf = (people: readonly Person[], id: string): Person[] =>
  people.filter((person) => person.id !== '' && person.id.toLowerCase() === id.toLowerCase());

/** Rows of one person in one role become one entry with the districts of all. */
export function mergedPeople(rows: readonly Person[]): Person[] {
  const groups = Map.groupBy(rows, ({ id, email, role }) => `${id || email}|${role}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const districts = [...new Set(group.flatMap((row) => row.districts))];
    return first ? [{ ...first, districts }] : [];
  });
}

export const leads = (people: readonly Person[]): Person[] =>
  people.filter((p) => p.role === 'District lead');

export const leadsOf = (people: readonly Person[], district: string): Person[] =>
  people.filter((p) => p.role === 'District lead' && p.districts.includes(district));

export const commissioners = (people: readonly Person[]): Person[] =>
  people.filter((p) => p.role === 'Commissioner');

/** The manager of a lead, if the people list names one. */
export const managerOf = (people: readonly Person[], lead: Person): Person | undefined =>
  people.find(
    (p) => lead.managerEmail !== '' && p.email.toLowerCase() === lead.managerEmail.toLowerCase(),
  );

/** `Priya` of `Priya Raman (demo)`. */
export const firstName = ({ name }: Person): string => name.split(' ')[0] ?? name;
