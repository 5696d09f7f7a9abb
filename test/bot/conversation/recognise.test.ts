import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../../bot/conversation/command.ts';
import { recognise } from '../../../bot/conversation/recognise.ts';
import { demoHeld } from '../demo-held.ts';

const { districts } = demoHeld();
const show = (district: string): Command => ({ name: 'show district', district });
const chase = (district: string): Command => ({ name: 'chase district', district });
const lost: Command = { name: 'not understood' };

describe('what a commissioner types', () => {
  test.each<[string, Command]>([
    ['missing', { name: 'who is missing' }],
    ['who is missing?', { name: 'who is missing' }],
    ['Who’s late', { name: 'who is missing' }],
    ['which districts are outstanding', { name: 'who is missing' }],
    ['who hasn’t filed', { name: 'who is missing' }],
    ["who hasn't returned yet?", { name: 'who is missing' }],
    ['Who has not sent it in', { name: 'who is missing' }],
    ['what is overdue', { name: 'who is missing' }],
    ['which returns are not in', { name: 'who is missing' }],
    ['show Dover', show('Dover')],
    ['SHOW   DOVER!!', show('Dover')],
    ['Dover', show('Dover')],
    ['how is Swale doing?', show('Swale')],
    ['tell me about Folkstone & Hythe', show('Folkestone and Hythe')],
    ['status of Tonbridge & Malling', show('Tonbridge and Malling')],
    ['Hi, how is Dover?', show('Dover')],
    ['Good morning. Can you show me Tunbridge Wells please', show('Tunbridge Wells')],
    ['show me', { name: 'which district', of: 'show district' }],
    ['show Medway', { name: 'which district', of: 'show district' }],
    ['chase Dover', chase('Dover')],
    ['please nudge thanet', chase('Thanet')],
    ['can you remind Folkestone and Hythe', chase('Folkestone and Hythe')],
    ['Hello, chase Swale', chase('Swale')],
    ['chase', { name: 'which district', of: 'chase district' }],
    ['chase everybody', { name: 'which district', of: 'chase district' }],
  ])('“%s”', (text, command) => {
    expect(recognise(text, districts)).toEqual(command);
  });
});

describe('what a lead types', () => {
  test.each([
    'what is due?',
    'What’s due',
    'what do I owe',
    'what have I due this term',
    'my returns',
    'my tasks',
    'my queries please',
    'I want to file',
    'fill in the KPI',
  ])('“%s” shows what is due', (text) => {
    expect(recognise(text, districts)).toEqual({ name: 'what is due' });
  });
});

describe('what a SENCO types', () => {
  test.each([
    'link practitioner',
    'Who is my link practitioner?',
    'who’s our link worker',
    'who is our link',
    'who do I contact about a child',
    'Who do we ring?',
    'my specialist teacher',
    'who is my practitioner',
  ])('“%s” asks for the link practitioner', (text) => {
    expect(recognise(text, districts)).toEqual({ name: 'link practitioner' });
  });

  test.each([
    'next clinic',
    'When is the next clinic?',
    'clinics in Dover',
    'any drop-in this week',
    'drop in',
    'surgeries for primary schools',
    'show me clinics',
  ])('“%s” asks for a clinic', (text) => {
    expect(recognise(text, districts)).toEqual({ name: 'next clinic' });
  });
});

describe('anything else', () => {
  test.each(['help', 'Help!', 'hello', 'hi', 'Good afternoon', 'what can you do', 'commands'])(
    '“%s” is answered with what can be asked',
    (text) => expect(recognise(text, districts)).toEqual({ name: 'help' }),
  );

  test.each(['', '   ', '?!', 'thanks', 'profile', 'the weather', 'clinical', 'これは何ですか'])(
    '“%s” is not understood, and nothing is guessed',
    (text) => expect(recognise(text, districts)).toEqual(lost),
  );

  test('what stands far into a very long message is not read', () => {
    expect(recognise(`${'la '.repeat(300)}chase Dover`, districts)).toEqual(lost);
  });

  test('a rule to be tried is handed on whole, however long it is', () => {
    const text = `schoolCaseload >= ${'1 + '.repeat(200)}activelySupportedSchools within 3`;
    expect(recognise(`try rule ${text}`, districts)).toEqual({ name: 'try rule', text });
  });

  test('whatever is typed gives one command, the same each time, of a district of ours', () => {
    const pieces = fc.constantFrom(
      'chase',
      'show',
      'Dover',
      'who',
      'is',
      'missing',
      'hi',
      '&',
      '?',
    );
    const typed = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 8 }).map((words) => words.join(' ')),
    );
    const names = districts.map(({ name }) => name);
    fc.assert(
      fc.property(typed, (text) => {
        const command = recognise(text, districts);
        expect(recognise(text, districts)).toEqual(command);
        if ('district' in command) expect(names).toContain(command.district);
      }),
      { numRuns: 300 },
    );
  });
});
