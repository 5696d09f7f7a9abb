import { describe, expect, test } from 'vitest';
import { recognise } from '../../../bot/conversation/recognise.ts';
import { ASKERS } from './askers.ts';

const ELMSBROOK = 'Elmsbrook Primary School (demo)';

describe('somebody whom nobody knows', () => {
  test.each([
    'Elmsbrook',
    'Elmsbrook Primary please',
    'hi, it’s Elmsbrook, Dover',
    'I work at Elmsbrook',
    'I’m the SENCO at Elmsbrook and need a clinic',
    'Hi, I’m Jo, the new SENCO at Elmsbrook',
    'I am from Elmsbrook',
    'new SENCO at Elmsbrook',
    'my school is Elmsbrook',
    'let me in, I teach at Elmsbrook',
  ])('who says “%s” works there', (text) =>
    expect(recognise(text, ASKERS.stranger)).toEqual([{ name: 'introduce', school: ELMSBROOK }]),
  );

  test.each([
    'my daughter goes to Elmsbrook',
    'I don’t work at Elmsbrook',
    'I used to work at Elmsbrook',
    'I am not the SENCO at Elmsbrook',
    'my wife is the SENCO at Elmsbrook',
    'I’m looking for the SENCO at Elmsbrook',
    'I’m a parent at Elmsbrook',
    'if I work at Elmsbrook can I ask this?',
    'who is the link practitioner of Elmsbrook',
    'book a place for Elmsbrook',
    'my son is at Hogwarts',
    'I don’t work at Hogwarts',
  ])('who says “%s” is asked where they work', (text) =>
    expect(recognise(text, ASKERS.stranger)).toEqual([{ name: 'introduce' }]),
  );

  test.each([
    ['Hogwarts', 'Hogwarts'],
    ['St Nowhere’s Primary', 'St Nowhere’s Primary'],
    ['hogwarts junior school', 'hogwarts junior school'],
    ['I’m a teacher at Hogwarts', 'Hogwarts'],
  ])('who says “%s” names a school that is not listed', (text, unknownSchool) =>
    expect(recognise(text, ASKERS.stranger)).toEqual([{ name: 'introduce', unknownSchool }]),
  );

  test.each([
    'hello',
    'Help',
    'Dover',
    'SENCO',
    'next clinic',
    'Which school?',
    'a primary school',
  ])('who says “%s” names none', (text) =>
    expect(recognise(text, ASKERS.stranger)).toEqual([{ name: 'introduce' }]),
  );
});
