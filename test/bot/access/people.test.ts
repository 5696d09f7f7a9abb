import { describe, expect, it } from 'vitest';
import { mergedPeople, type Person } from '../../../bot/access/people.ts';

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

  it('stays two entries in two roles', () => {
    expect(mergedPeople([row({}), row({ role: 'Commissioner' })])).toHaveLength(2);
  });

  it('is told apart by e-mail address while the object id is not filled in', () => {
    const people = mergedPeople([row({ id: '' }), row({ id: '', email: 'other@stls.example' })]);
    expect(people).toHaveLength(2);
  });
});
