import { describe, expect, it } from 'vitest';
import {
  managerEmails,
  managersOf,
  mergedPeople,
  type Person,
} from '../../../bot/access/people.ts';

const row = (fields: Partial<Person>): Person => ({
  id: '00000000-0000-4000-8000-000000000001',
  name: 'Priya (demo)',
  email: 'priya@stls.example',
  role: 'District lead',
  districts: [],
  organisation: '',
  managerEmail: '',
  ...fields,
});

describe('somebody who is listed in several rows', () => {
  it('is one lead with the districts of all rows, so that one card a day covers them', () => {
    const people = mergedPeople([
      row({ districts: ['Dover'] }),
      row({ districts: ['Swale', 'Dover'] }),
    ]);
    expect(people.map((p) => p.districts)).toEqual([['Dover', 'Swale']]);
  });

  it('has the managers of all rows, each once', () => {
    const [lead] = mergedPeople([
      row({ districts: ['Dover'] }),
      row({ districts: ['Swale'], managerEmail: 'greta@stls.example' }),
      row({ districts: ['Thanet'], managerEmail: 'Hana@stls.example; GRETA@stls.example' }),
    ]);
    expect(lead && managerEmails(lead)).toEqual(['greta@stls.example', 'hana@stls.example']);
  });

  it('stays two entries in two roles', () => {
    expect(mergedPeople([row({}), row({ role: 'Commissioner' })])).toHaveLength(2);
  });

  it('stays a SENCO of each school', () => {
    const people = mergedPeople(
      ['Elmsbrook', 'Tidewatch', 'elmsbrook'].map((organisation) =>
        row({ role: 'SENCO', organisation }),
      ),
    );
    expect(people.map((p) => p.organisation)).toEqual(['Elmsbrook', 'Tidewatch']);
  });

  it('is told apart by e-mail address while the object id is not filled in', () => {
    const people = mergedPeople([row({ id: '' }), row({ id: '', email: 'other@stls.example' })]);
    expect(people).toHaveLength(2);
  });
});

describe('the managers of a lead', () => {
  const lead = row({ managerEmail: 'greta@stls.example; hana@stls.example' });
  const greta = row({ id: 'greta', email: 'Greta@stls.example', role: "Lead's manager" });
  const hana = row({ id: 'hana', email: 'hana@stls.example', role: "Lead's manager" });

  it('are all whom the row names', () => {
    expect(managersOf([hana, greta], lead).map(({ id }) => id)).toEqual(['greta', 'hana']);
  });

  it('are found by a row that can be written to, whichever comes first', () => {
    const senco: Person = { ...greta, id: '', role: 'SENCO' };
    expect(managersOf([senco, greta], lead).map(({ id }) => id)).toEqual(['greta']);
  });

  it('are nobody, where none is named', () => {
    expect(managersOf([row({ email: '' })], row({}))).toEqual([]);
  });
});
