import { describe, expect, test } from 'vitest';
import { schoolsLike } from '../../../bot/directory/schools-like.ts';

const school = (name: string, ...otherNames: string[]) => ({
  name,
  otherNames,
  district: 'Dover',
});
const schools = [
  school('Elmsbrook Primary School', 'Elmsbrook', 'EPS'),
  school("St Hilda's CofE Primary School", 'St Hildas'),
  school("St Hilda's Nursery"),
  school('Larkrise Meadow Primary School'),
  school('Tidewatch Academy', 'TWA'),
];
const found = (typed: string) => schoolsLike(typed, schools).map(({ name }) => name);

describe('the school that somebody types', () => {
  test.each([
    ['Elmsbrook Primary School', ['Elmsbrook Primary School']],
    [' ELMSBROOK ', ['Elmsbrook Primary School']],
    ['eps', ['Elmsbrook Primary School']],
    ['elmsbrok primary', ['Elmsbrook Primary School']],
    ['I work at Tidewatch', ['Tidewatch Academy']],
    ['larkrise', ['Larkrise Meadow Primary School']],
    ['meadow larkrise', ['Larkrise Meadow Primary School']],
    ['St. Hilda’s C of E', ["St Hilda's CofE Primary School", "St Hilda's Nursery"]],
    ['tide', ['Tidewatch Academy']],
  ])('“%s” is %j', (typed, names) => {
    expect(found(typed)).toEqual(names);
  });

  test.each([
    '',
    '  ',
    'el',
    'e',
    'St',
    'primary school',
    'the academy',
    'a b c',
    '*',
    '.*',
    'zzz',
  ])('“%s” is none', (typed) => {
    expect(found(typed)).toEqual([]);
  });

  test('of several of one name is told apart by its district', () => {
    const here = school('St Joseph’s Catholic Primary School');
    const there = { ...here, district: 'Thanet' };
    expect(schoolsLike(here.name, [here, there])).toEqual([here, there]);
    expect(schoolsLike(`${here.name}, thanet`, [here, there])).toEqual([there]);
  });

  test('a school without a name is nobody’s', () => {
    expect(schoolsLike('', [school('')])).toEqual([]);
  });
});
