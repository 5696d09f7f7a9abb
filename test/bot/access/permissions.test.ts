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
import { ALL_PERMISSIONS, authorise, type Permission } from '../../../bot/access/permissions.ts';
import { manager, personOf } from '../made.ts';

/**
 * One of each role, all of Dover: a district in the list gives nobody more than the role does. The lead
 * names the manager.
 */
const people = ROLES.map((role) =>
  personOf({
    id: role,
    role,
    name: role,
    email: `${role}@stls.example`,
    managerEmail: role === 'District lead' ? "lead's manager@STLS.example" : '',
  }),
);

/** Who may do what: on the own district, on another, and where no district is named. */
type Row = [own: readonly Role[], other: readonly Role[], none: readonly Role[]];
const LEAD = 'District lead';
const COMMISSIONER = 'Commissioner';
const MANAGER = "Lead's manager";

const TABLE: Record<Permission, Row> = {
  'file a return': [[LEAD], [], []],
  'explain a finding': [[LEAD], [], []],
  'decide on a finding': [[COMMISSIONER], [COMMISSIONER], [COMMISSIONER]],
  'see the findings': [[COMMISSIONER], [COMMISSIONER], [COMMISSIONER]],
  'see a finding': [[LEAD, COMMISSIONER], [COMMISSIONER], [COMMISSIONER]],
  'approve a return': [[COMMISSIONER], [COMMISSIONER], [COMMISSIONER]],
  'undo an approval': [[COMMISSIONER], [COMMISSIONER], [COMMISSIONER]],
  'see what can be approved': [[COMMISSIONER], [COMMISSIONER], [COMMISSIONER]],
  'try a rule': [[], [], [COMMISSIONER]],
  'see a district': [[LEAD, COMMISSIONER], [COMMISSIONER], [COMMISSIONER]],
  'see what is outstanding': [[COMMISSIONER], [COMMISSIONER], [COMMISSIONER]],
  'chase a district': [[COMMISSIONER], [COMMISSIONER], [COMMISSIONER]],
  'pause a district': [[COMMISSIONER], [COMMISSIONER], [COMMISSIONER]],
  'end a pause': [[COMMISSIONER], [COMMISSIONER], [COMMISSIONER]],
  'promise a return': [[LEAD], [], []],
  'undo a promise': [[LEAD], [], []],
  'hand over a return': [[LEAD], [], []],
  'take back a return': [[LEAD], [], []],
  'acknowledge a return': [[LEAD, COMMISSIONER, MANAGER], [COMMISSIONER], [COMMISSIONER]],
  'tell the manager': [[COMMISSIONER], [COMMISSIONER], [COMMISSIONER]],
  'withdraw a return': [[COMMISSIONER], [COMMISSIONER], [COMMISSIONER]],
  'ask for a return again': [[COMMISSIONER], [COMMISSIONER], [COMMISSIONER]],
  'see own tasks': [[], [], [LEAD]],
  'ask for a link practitioner': [[], [], ['SENCO']],
  'ask for a clinic': [[], [], ['SENCO']],
  'move the local clock': [[], [], [COMMISSIONER]],
};

describe('who may do what', () => {
  test('the table names every permission there is', () => {
    expect(Object.keys(TABLE).sort()).toEqual([...ALL_PERMISSIONS].sort());
  });

  describe.each(ALL_PERMISSIONS)('%s', (permission) => {
    test.each([
      ['on the own district', 'Dover', 0],
      ['on another district', 'Swale', 1],
      ['where no district is named', undefined, 2],
    ] as const)('%s', (_, district, column) => {
      const may = ROLES.filter((role) => authorise(people, role, permission, district).allowed);
      expect(may).toEqual(TABLE[permission][column]);
    });

    test('is refused to somebody who is not in the people list', () => {
      for (const id of ['stranger', '', ' ', 'undefined', '__proto__']) {
        expect(authorise(people, id, permission, 'Dover')).toEqual({
          allowed: false,
          why: 'unknown person',
        });
      }
    });

    test('is refused to a lead whom the list ties to no district, wherever a district counts', () => {
      const unplaced = [personOf({ districts: [] })];
      expect(authorise(unplaced, 'lead-dover', permission, 'Dover').allowed).toBe(false);
    });
  });

  test('a refusal tells the wrong role from the wrong district', () => {
    expect(authorise(people, 'SENCO', 'file a return', 'Dover')).toEqual({
      allowed: false,
      why: 'not this role',
    });
    expect(authorise(people, LEAD, 'file a return', 'Swale')).toEqual({
      allowed: false,
      why: 'not this district',
    });
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
    const asking = authorise(both, 'x', 'ask for a clinic');
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
