import { describe, expect, test } from 'vitest';
import type { Asking, Names } from '../../../bot/conversation/asking.ts';
import type { Command } from '../../../bot/conversation/command.ts';
import { recognise } from '../../../bot/conversation/recognise.ts';
import { ASKERS } from './askers.ts';

type Listed = Names['schools'][number];
const school = (name: string, district: string, ...otherNames: string[]): Listed => ({
  name,
  district,
  otherNames,
});

const MARYS = school("St Mary's Church of England Primary School", 'Dover');
const CATHOLIC = school("St Mary's Catholic Primary School", 'Dover');
const IN_SWALE = school("St Mary's Church of England Primary School, Swale", 'Swale');
const DOVER_GRAMMAR = school('Dover Grammar School', 'Dover', 'DGS');
const PARK = school('Park Academy', 'Dover');

const asking = (by: Asking, schools: readonly Listed[]): Asking => ({
  ...by,
  names: { ...by.names, schools },
});
const whoFor = (text: string, schools: readonly Listed[], by = ASKERS.commissioner): Command[] =>
  recognise(`who is the link practitioner for ${text}`, asking(by, schools));
const of = ({ name }: Listed): Command => ({ name: 'link practitioner', school: name });

describe('a school is known by', () => {
  test.each([
    'St Marys CofE prim',
    "st mary's c of e primary",
    'Saint Marys C.E. Primary School',
    'ST MARY’S CE PRIM SCH',
    'St. Mary’s',
    'st marys church of england primary school',
    'st maryss',
  ])('“%s”', (written) => expect(whoFor(written, [MARYS])).toEqual([of(MARYS)]));

  test('what tells it from others of its name', () => {
    expect(whoFor('St Marys CofE prim', [MARYS, CATHOLIC])).toEqual([of(MARYS)]);
    expect(whoFor('St Marys catholic', [MARYS, CATHOLIC])).toEqual([of(CATHOLIC)]);
    expect(whoFor('St Marys RC primary', [MARYS, CATHOLIC])).toEqual([of(CATHOLIC)]);
  });

  test('its district, where that is named or is the asker’s own', () => {
    expect(whoFor('St Marys CofE in Swale', [MARYS, IN_SWALE])).toEqual([of(IN_SWALE)]);
    expect(whoFor('St Marys CofE', [MARYS, IN_SWALE], ASKERS.senco)).toEqual([of(MARYS)]);
  });

  test('an abbreviation that the list has', () => {
    expect(whoFor('DGS', [DOVER_GRAMMAR])).toEqual([of(DOVER_GRAMMAR)]);
  });
});

describe('a school is not guessed', () => {
  test('two that fit alike are both offered', () => {
    expect(whoFor('St Marys CofE prim', [MARYS, IN_SWALE])).toEqual([
      { name: 'offer', of: [of(MARYS), of(IN_SWALE)] },
    ]);
    expect(whoFor('St Marys', [MARYS, CATHOLIC])).toEqual([
      { name: 'offer', of: [of(MARYS), of(CATHOLIC)] },
    ]);
  });

  test('one that the list does not have is handed on as it was written', () => {
    expect(whoFor('St Marys CofE prim', [])).toEqual([
      { name: 'link practitioner', unknownSchool: 'St Marys CofE prim' },
    ]);
    expect(whoFor("**St Nowhere's** Primary?", [MARYS])).toEqual([
      { name: 'link practitioner', unknownSchool: "St Nowhere's Primary" },
    ]);
  });

  test('a district is no school that bears its name, and a common word none', () => {
    const listed = [DOVER_GRAMMAR, PARK];
    const says = (text: string) => recognise(text, asking(ASKERS.commissioner, listed));
    expect(says('show Dover')).toEqual([{ name: 'show district', district: 'Dover' }]);
    expect(whoFor('Dover Grammar', listed)).toEqual([of(DOVER_GRAMMAR)]);
    expect(whoFor('Park Academy', listed)).toEqual([of(PARK)]);
    expect(says('where can i park')).toEqual([{ name: 'not understood' }]);
  });
});

describe('somebody new', () => {
  const says = (text: string) => recognise(text, asking(ASKERS.stranger, [MARYS, IN_SWALE]));

  test('is asked which of two schools they mean', () => {
    expect(says('I am the SENCO at St Marys CofE')).toEqual([
      {
        name: 'offer',
        of: [MARYS, IN_SWALE].map(({ name }) => ({ name: 'introduce', school: name })),
      },
    ]);
    expect(says('I work at St Marys CofE in Swale')).toEqual([
      { name: 'introduce', school: IN_SWALE.name },
    ]);
  });

  test.each([
    'who is missing',
    'show Dover',
    'try rule eyCaseload > 0',
    'compare Dover and Swale',
    '?',
  ])('who says “%s” is only asked who they are', (text) =>
    expect(says(text)).toEqual([{ name: 'introduce' }]),
  );
});
