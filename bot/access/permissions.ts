import { leadsOf, managersOf, peopleOf, type Person, type Role } from './people.ts';

/** Whose districts an action may touch. A manager has none but those of the leads who name them. */
type Scope = 'own district' | 'districts of their leads' | 'all districts' | 'no district';

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
  'ask for a link practitioner': [['SENCO', 'no district']],
  'ask for a clinic': [['SENCO', 'no district']],
  'move the local clock': [['Commissioner', 'no district']],
} as const satisfies Record<string, readonly (readonly [Role, Scope])[]>;

export type Permission = keyof typeof PERMISSIONS;
export const ALL_PERMISSIONS = Object.keys(PERMISSIONS) as Permission[];

export type Authorised =
  /** `as` is the entry of the people list that allows it. */
  | { allowed: true; as: Person }
  | { allowed: false; why: 'unknown person' | 'not this role' | 'not this district' };

/** Whether the person with this Entra object id may do this, on this district. */
export function authorise(
  people: readonly Person[],
  id: string,
  permission: Permission,
  district?: string,
): Authorised {
  const entries = peopleOf(people, id);
  if (entries.length === 0) return { allowed: false, why: 'unknown person' };
  const grants: readonly (readonly [Role, Scope])[] = PERMISSIONS[permission];
  const roles = entries.filter((p) => grants.some(([role]) => role === p.role));
  if (roles.length === 0) return { allowed: false, why: 'not this role' };
  const as = roles.find((p) => reaches(grants, p, district, people));
  return as ? { allowed: true, as } : { allowed: false, why: 'not this district' };
}

function reaches(
  grants: readonly (readonly [Role, Scope])[],
  person: Person,
  district: string | undefined,
  people: readonly Person[],
): boolean {
  const scope = grants.find(([role]) => role === person.role)?.[1];
  if (scope === 'all districts') return true;
  if (district === undefined) return scope === 'no district';
  if (scope === 'own district') return person.districts.includes(district);
  return scope === 'districts of their leads' && leadsReport(person, district, people);
}

const leadsReport = ({ id }: Person, district: string, people: readonly Person[]): boolean =>
  leadsOf(people, district).some((lead) =>
    managersOf(people, lead).some((manager) => manager.id === id),
  );
