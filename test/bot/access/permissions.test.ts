import { describe, expect, test } from 'vitest';
import {
  firstName,
  leads,
  leadsOf,
  managersOf,
  peopleOf,
  ROLES,
  type Role,
} from '../../../bot/access/people.ts';
import {
  ALL_PERMISSIONS,
  authorise,
  type About,
  type Permission,
} from '../../../bot/access/permissions.ts';
import type { School } from '../../../bot/directory/directory.ts';
import { manager, personOf } from '../made.ts';

/**
 * One of each role, all of Dover and of Elmsbrook: what the list says besides gives nobody more than the
 * role does. The lead names the manager; the link practitioner is Elmsbrook's, and no other school's.
 */
const people = ROLES.map((role) =>
  personOf({
    id: role,
    role,
    name: role,
    email: `${role}@stls.example`,
    organisation: 'Elmsbrook',
    managerEmail: role === 'District lead' ? "lead's manager@STLS.example" : '',
  }),
);

const school = (over: Partial<School>): School => ({
  name: 'Chalkdown Primary School',
  phase: 'Primary',
  district: 'Dover',
  otherNames: [],
  linkPractitionerEmail: 'fern@stls.example',
  ...over,
});
const elmsbrook = school({
  name: 'Elmsbrook Primary School',
  otherNames: ['Elmsbrook'],
  linkPractitionerEmail: 'LINK practitioner@stls.example',
});

const ABOUT = [
  ['on the own district', 'Dover'],
  ['on another district', 'Swale'],
  ['where no district is named', undefined],
  ['on the own school', elmsbrook],
  ['on another school of the own district', school({})],
  ['on a school elsewhere', school({ name: 'Gullwing Primary School', district: 'Thanet' })],
] as const satisfies readonly (readonly [string, About])[];

/** Who may do what: a letter for each role that may, in the order of ABOUT; a dot where nobody may. */
const LETTERS: Record<string, Role> = {
  L: 'District lead',
  C: 'Commissioner',
  S: 'SENCO',
  P: 'Link practitioner',
  M: "Lead's manager",
};
const LEAD = 'District lead';
const COMMISSIONER = 'Commissioner';

/** The own district, another, none; the own school, another of the district, one elsewhere. */
const OWN_DISTRICT = 'L . . L L .';
const ALL_DISTRICTS = 'C C C C C C';
const LEAD_AND_COMMISSIONER = 'LC C C LC LC C';

const TABLE: Record<Permission, string> = {
  'file a return': OWN_DISTRICT,
  'explain a finding': OWN_DISTRICT,
  'decide on a finding': ALL_DISTRICTS,
  'see the findings': ALL_DISTRICTS,
  'see a finding': LEAD_AND_COMMISSIONER,
  'approve a return': ALL_DISTRICTS,
  'undo an approval': ALL_DISTRICTS,
  'see what can be approved': ALL_DISTRICTS,
  'try a rule': '. . C . . .',
  'see a district': LEAD_AND_COMMISSIONER,
  'see what is outstanding': ALL_DISTRICTS,
  'chase a district': ALL_DISTRICTS,
  'pause a district': ALL_DISTRICTS,
  'end a pause': ALL_DISTRICTS,
  'promise a return': OWN_DISTRICT,
  'undo a promise': OWN_DISTRICT,
  'hand over a return': OWN_DISTRICT,
  'take back a return': OWN_DISTRICT,
  'acknowledge a return': 'LCM C C LC LC C',
  'tell the manager': ALL_DISTRICTS,
  'withdraw a return': ALL_DISTRICTS,
  'ask for a return again': ALL_DISTRICTS,
  'see own tasks': '. . L . . .',
  'see a filed return': LEAD_AND_COMMISSIONER,
  'compare districts': ALL_DISTRICTS,
  'see a measure over time': LEAD_AND_COMMISSIONER,
  'see who is late again': '. . C . . .',
  'see promises': '. . C . . .',
  'see what changed': '. . C . . .',
  'ask for a link practitioner': 'LC C C LCSP LC C',
  'ask for a clinic': 'LCP C C LCSP LCP C',
  'book a clinic': '. . . S . .',
  'cancel a booking': '. . . S . .',
  'see own bookings': '. . S . . .',
  'see own schools': '. . P . . .',
  'see own clinics': '. . P . . .',
  'be marked as away': '. . P . . .',
  'ask what a word means': '. . LCSPM . . .',
  'see who wants in': '. . C . . .',
  'let somebody in': '. . C . . .',
  'move the local clock': '. . C . . .',
};

/** Everything that may be done and that may not: each of these is asked. */
const cells = ALL_PERMISSIONS.flatMap((permission) =>
  ABOUT.map(([where, about], column) => ({
    permission,
    where,
    about,
    may: rolesIn(TABLE[permission].split(' ')[column]),
  })),
);

function rolesIn(letters = '?'): Role[] {
  const roles = [...letters].flatMap((letter) => (letter === '.' ? [] : LETTERS[letter]));
  return ROLES.filter((role) => roles.includes(role));
}

describe('who may do what', () => {
  test('the table names every permission there is', () => {
    expect(Object.keys(TABLE).sort()).toEqual([...ALL_PERMISSIONS].sort());
    expect(Object.values(TABLE).filter((row) => row.split(' ').length !== ABOUT.length)).toEqual(
      [],
    );
  });

  test.each(cells)('$permission $where', ({ permission, about, may }) => {
    const allowed = ROLES.filter((role) => authorise(people, role, permission, about).allowed);
    expect(allowed).toEqual(may);
  });

  describe.each(ALL_PERMISSIONS)('%s', (permission) => {
    test('is refused to somebody who is not in the people list', () => {
      for (const id of ['stranger', '', ' ', 'undefined', '__proto__']) {
        for (const [, about] of ABOUT) {
          expect(authorise(people, id, permission, about)).toEqual({
            allowed: false,
            why: 'unknown person',
          });
        }
      }
    });

    test('is refused to a lead whom the list ties to no district, wherever a district counts', () => {
      const unplaced = [personOf({ districts: [] })];
      expect(authorise(unplaced, 'lead-dover', permission, 'Dover').allowed).toBe(false);
    });
  });

  test('a refusal tells the wrong role from the wrong district and from the wrong school', () => {
    expect(authorise(people, 'SENCO', 'file a return', 'Dover')).toEqual({
      allowed: false,
      why: 'not this role',
    });
    expect(authorise(people, LEAD, 'file a return', 'Swale')).toEqual({
      allowed: false,
      why: 'not this district',
    });
    expect(authorise(people, 'SENCO', 'book a clinic', school({}))).toEqual({
      allowed: false,
      why: 'not this school',
    });
  });

  test('a SENCO without a school in the list, and a school without one’s name, are nobody’s', () => {
    const nowhere = [personOf({ role: 'SENCO', organisation: '' })];
    const nameless = school({ name: '', otherNames: [''] });
    expect(authorise(nowhere, 'lead-dover', 'book a clinic', nameless).allowed).toBe(false);
    const unlinked = [personOf({ role: 'Link practitioner', email: '', districts: [] })];
    const orphan = school({ linkPractitionerEmail: '' });
    const asking = authorise(unlinked, 'lead-dover', 'ask for a link practitioner', orphan);
    expect(asking.allowed).toBe(false);
  });

  test('a manager acknowledges for the districts of the leads who name them, and for no other', () => {
    const greta = { ...manager, districts: ['Swale'] };
    const list = [
      greta,
      personOf({ managerEmail: greta.email }),
      personOf({ id: 'b', districts: ['Swale'], managerEmail: 'gone@stls.example' }),
    ];
    const may = (district?: string) =>
      authorise(list, greta.id, 'acknowledge a return', district).allowed;
    expect(['Dover', 'Swale', 'Thanet', undefined].map(may)).toEqual([true, false, false, false]);
  });

  test('one person may be several things, and acts as the entry that allows it', () => {
    const both = [
      personOf({ id: 'x', role: 'SENCO' }),
      personOf({ id: 'x', districts: ['Dover'] }),
      personOf({ id: 'x', districts: ['Swale'] }),
    ];
    const filing = authorise(both, 'X', 'file a return', 'Swale');
    expect(filing.allowed && filing.as.districts).toEqual(['Swale']);
    const asking = authorise(both, 'x', 'see own bookings');
    expect(asking.allowed && asking.as.role).toBe('SENCO');
  });

  test('a row without an object id lets nobody in', () => {
    const blankId = [personOf({ id: '', role: COMMISSIONER })];
    expect(authorise(blankId, '', 'chase a district', 'Dover').allowed).toBe(false);
  });
});

describe('the people list', () => {
  test('an id is the same in any case', () => {
    expect(peopleOf([personOf({ id: 'ABC' })], 'abc')).toHaveLength(1);
  });

  test('leads are found by role and district', () => {
    const list = [personOf(), personOf({ id: 'b', districts: ['Swale'] }), manager];
    expect(leads(list)).toHaveLength(2);
    expect(leadsOf(list, 'Swale').map(({ id }) => id)).toEqual(['b']);
  });

  test('a manager is found by address, and nobody where none is given', () => {
    const list = [manager, personOf({ id: 'no address', email: '' })];
    const named = personOf({ managerEmail: 'GRETA@STLS.example' });
    expect(managersOf(list, named).map(({ id }) => id)).toEqual(['manager']);
    expect(managersOf(list, personOf({ managerEmail: '' }))).toEqual([]);
    expect(managersOf(list, personOf({ managerEmail: 'gone@stls.example' }))).toEqual([]);
  });

  test('people are addressed by their first name', () => {
    expect(firstName(personOf({ name: 'Priya Raman (demo)' }))).toBe('Priya');
  });
});
