import { isOwnSchool, type School } from '../directory/directory.ts';
import { leadsOf, managersOf, peopleOf, type Person, type Role } from './people.ts';

/**
 * Whose districts and schools an action may touch. A manager has none but the districts of the leads
 * who name them. A school belongs to its district.
 */
type Scope =
  | 'own district'
  | 'districts of their leads'
  | 'all districts'
  | 'no district'
  | 'own school'
  | 'schools they link';

/** What an action is about: a district by its name, a school of the list, or neither. */
export type About = string | School | undefined;

/**
 * Who may do what, on which district: the whole table. What is not here is refused.
 * It is asked again at the moment an action runs; a card's own data is never believed.
 */
const PERMISSIONS = {
  'file a return': [['District lead', 'own district']],
  'explain a finding': [['District lead', 'own district']],
  'decide on a finding': [['Commissioner', 'all districts']],
  'see the findings': [['Commissioner', 'all districts']],
  'see a finding': [
    ['District lead', 'own district'],
    ['Commissioner', 'all districts'],
  ],
  'approve a return': [['Commissioner', 'all districts']],
  'undo an approval': [['Commissioner', 'all districts']],
  'see what can be approved': [['Commissioner', 'all districts']],
  'try a rule': [['Commissioner', 'no district']],
  'see a district': [
    ['District lead', 'own district'],
    ['Commissioner', 'all districts'],
  ],
  'see what is outstanding': [['Commissioner', 'all districts']],
  'chase a district': [['Commissioner', 'all districts']],
  'pause a district': [['Commissioner', 'all districts']],
  'end a pause': [['Commissioner', 'all districts']],
  'promise a return': [['District lead', 'own district']],
  'undo a promise': [['District lead', 'own district']],
  'hand over a return': [['District lead', 'own district']],
  'take back a return': [['District lead', 'own district']],
  'acknowledge a return': [
    ['District lead', 'own district'],
    ["Lead's manager", 'districts of their leads'],
    ['Commissioner', 'all districts'],
  ],
  'tell the manager': [['Commissioner', 'all districts']],
  'withdraw a return': [['Commissioner', 'all districts']],
  'ask for a return again': [['Commissioner', 'all districts']],
  'see own tasks': [['District lead', 'no district']],
  'see a filed return': [
    ['District lead', 'own district'],
    ['Commissioner', 'all districts'],
  ],
  'compare districts': [['Commissioner', 'all districts']],
  'see a measure over time': [
    ['District lead', 'own district'],
    ['Commissioner', 'all districts'],
  ],
  'see who is late again': [['Commissioner', 'no district']],
  'see promises': [['Commissioner', 'no district']],
  'see what changed': [['Commissioner', 'no district']],
  'ask for a link practitioner': [
    ['SENCO', 'own school'],
    ['Link practitioner', 'schools they link'],
    ['District lead', 'own district'],
    ['Commissioner', 'all districts'],
  ],
  'ask for a clinic': [
    ['SENCO', 'own school'],
    ['Link practitioner', 'own district'],
    ['District lead', 'own district'],
    ['Commissioner', 'all districts'],
  ],
  'book a clinic': [['SENCO', 'own school']],
  'cancel a booking': [['SENCO', 'own school']],
  'see own bookings': [['SENCO', 'no district']],
  'see own schools': [['Link practitioner', 'no district']],
  'see own clinics': [['Link practitioner', 'no district']],
  'be marked as away': [['Link practitioner', 'no district']],
  'ask what a word means': [
    ['District lead', 'no district'],
    ['Commissioner', 'no district'],
    ['SENCO', 'no district'],
    ['Link practitioner', 'no district'],
    ["Lead's manager", 'no district'],
  ],
  'see who wants in': [['Commissioner', 'no district']],
  'let somebody in': [['Commissioner', 'no district']],
  'move the local clock': [['Commissioner', 'no district']],
} as const satisfies Record<string, readonly (readonly [Role, Scope])[]>;

export type Permission = keyof typeof PERMISSIONS;
export const ALL_PERMISSIONS = Object.keys(PERMISSIONS) as Permission[];

export type Authorised =
  /** `as` is the entry of the people list that allows it. */
  | { allowed: true; as: Person }
  | {
      allowed: false;
      why: 'unknown person' | 'not this role' | 'not this district' | 'not this school';
    };

/** Whether the person with this Entra object id may do this, on this district or school. */
export function authorise(
  people: readonly Person[],
  id: string,
  permission: Permission,
  about?: About,
): Authorised {
  const entries = peopleOf(people, id);
  if (entries.length === 0) return { allowed: false, why: 'unknown person' };
  const grants: readonly (readonly [Role, Scope])[] = PERMISSIONS[permission];
  const roles = entries.filter((p) => grants.some(([role]) => role === p.role));
  if (roles.length === 0) return { allowed: false, why: 'not this role' };
  const as = roles.find((p) => reaches(grants, p, about, people));
  if (as) return { allowed: true, as };
  return {
    allowed: false,
    why: typeof about === 'object' ? 'not this school' : 'not this district',
  };
}

function reaches(
  grants: readonly (readonly [Role, Scope])[],
  person: Person,
  about: About,
  people: readonly Person[],
): boolean {
  const scope = grants.find(([role]) => role === person.role)?.[1];
  if (scope === 'all districts') return true;
  if (about === undefined) return scope === 'no district';
  if (typeof about === 'object') return reachesSchool(scope, person, about);
  if (scope === 'own district') return person.districts.includes(about);
  return scope === 'districts of their leads' && leadsReport(person, about, people);
}

function reachesSchool(scope: Scope | undefined, person: Person, school: School): boolean {
  if (scope === 'own school') return isOwnSchool(person, school);
  if (scope === 'schools they link') return isLinkedBy(person, school);
  return scope === 'own district' && person.districts.includes(school.district);
}

const isLinkedBy = ({ email }: Person, { linkPractitionerEmail }: School): boolean =>
  email !== '' && email.toLowerCase() === linkPractitionerEmail.toLowerCase();

const leadsReport = ({ id }: Person, district: string, people: readonly Person[]): boolean =>
  leadsOf(people, district).some((lead) =>
    managersOf(people, lead).some((manager) => manager.id === id),
  );
