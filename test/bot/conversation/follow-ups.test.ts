import { describe, expect, test } from 'vitest';
import type { Command } from '../../../bot/conversation/command.ts';
import { recognise } from '../../../bot/conversation/recognise.ts';
import { ASKERS, type Asker } from './askers.ts';

/** What each of several messages is taken for, one after the other. */
const conversation = (by: Asker, ...texts: string[]): Command[][] => {
  const said: Command[][] = [];
  for (const text of texts)
    said.push(recognise(text, { ...ASKERS[by], before: said.at(-1) ?? [] }));
  return said;
};
const last = (by: Asker, ...texts: string[]): Command[] => conversation(by, ...texts).at(-1) ?? [];

describe('after a clinic', () => {
  test('the one after, and the one after that', () => {
    expect(
      conversation(
        'senco',
        'next virtual clinic',
        'and the one after?',
        'and after that?',
        'what about after that one?',
      ),
    ).toEqual([
      [{ name: 'next clinic', mode: 'virtual' }],
      [{ name: 'next clinic', mode: 'virtual', nth: 2 }],
      [{ name: 'next clinic', mode: 'virtual', nth: 3 }],
      [{ name: 'next clinic', mode: 'virtual', nth: 4 }],
    ]);
  });

  test('another phase, another way, another day: what else was asked stays', () => {
    expect(
      conversation(
        'senco',
        'next virtual clinic in Swale',
        'and for secondary?',
        'in person?',
        'in December?',
      ),
    ).toEqual([
      [{ name: 'next clinic', district: 'Swale', mode: 'virtual' }],
      [{ name: 'next clinic', district: 'Swale', mode: 'virtual', phase: 'Secondary' }],
      [{ name: 'next clinic', district: 'Swale', mode: 'in person', phase: 'Secondary' }],
      [
        {
          name: 'next clinic',
          district: 'Swale',
          mode: 'in person',
          phase: 'Secondary',
          after: '2026-11-30',
          until: '2026-12-31',
        },
      ],
    ]);
  });

  test('that one is booked, noted and cancelled', () => {
    const wish = { mode: 'virtual', after: '2026-12-01' };
    expect(
      conversation(
        'senco',
        'next virtual clinic after 1 December',
        'book it',
        'add it to my calendar',
        'cancel it',
      ),
    ).toEqual([
      [{ name: 'next clinic', ...wish }],
      [{ name: 'book clinic', ...wish }],
      [{ name: 'add to calendar', ...wish }],
      [{ name: 'cancel booking', ...wish }],
    ]);
  });

  test('a clinic that is named is not the one before', () => {
    expect(last('senco', 'next virtual clinic', 'book the next clinic')).toEqual([
      { name: 'book clinic' },
    ]);
  });
});

describe('after districts', () => {
  test('another one', () => {
    expect(last('commissioner', 'findings in Dover', 'what about Swale?')).toEqual([
      { name: 'show findings', district: 'Swale' },
    ]);
    expect(last('commissioner', 'compare Dover and Swale', 'and with Thanet')).toEqual([
      { name: 'compare districts', districts: ['Dover', 'Thanet'] },
    ]);
  });

  test('the one that was still to be named', () => {
    expect(conversation('commissioner', 'compare Dover', 'Swale')).toEqual([
      [{ name: 'which second district', district: 'Dover' }],
      [{ name: 'compare districts', districts: ['Dover', 'Swale'] }],
    ]);
    expect(last('commissioner', 'chase', 'swale')).toEqual([
      { name: 'chase district', district: 'Swale' },
    ]);
  });

  test('another measure of the same', () => {
    expect(
      last('commissioner', 'school caseload in Dover over time', 'and early years caseload?'),
    ).toEqual([{ name: 'measure over time', measure: 'eyCaseload', district: 'Dover' }]);
  });

  test('nobody is chased on half a word', () => {
    const chase: Command = { name: 'chase district', district: 'Swale' };
    expect(last('commissioner', 'chase Dover', 'and Swale')).toEqual([chase]);
    expect(last('commissioner', 'chase Dover', 'what about Swale')).toEqual([
      { name: 'offer', of: [chase, { name: 'show district', district: 'Swale' }] },
    ]);
    expect(last('commissioner', 'chase them')).toEqual([
      { name: 'which district', of: 'chase district' },
    ]);
  });
});

describe('after an absence', () => {
  const away = { name: 'away', from: '2026-11-30', until: '2026-12-06' };

  test('who covers, and until when', () => {
    expect(
      conversation('practitioner', 'I am away next week', 'Fern covers', 'until 11 December'),
    ).toEqual([
      [away],
      [{ ...away, cover: 'Fern Delacourt (demo)' }],
      [{ ...away, until: '2026-12-11', cover: 'Fern Delacourt (demo)' }],
    ]);
  });

  test('who covers a school is asked of that school', () => {
    expect(
      last('practitioner', 'I am away next week', 'who covers Elmsbrook next week?'),
    ).toMatchObject([{ name: 'link practitioner', school: 'Elmsbrook Primary School (demo)' }]);
  });

  test('who is back on a day is away until the one before; only who is back now is back', () => {
    expect(last('practitioner', 'I am back on Friday')).toEqual([
      { name: 'away', from: '2026-11-23', until: '2026-11-26' },
    ]);
    expect(last('practitioner', 'I am back')).toEqual([{ name: 'back' }]);
  });
});

test('her number is asked of the practitioner of that school', () => {
  expect(last('commissioner', 'link practitioner for Chalkdown', 'what is her number?')).toEqual([
    { name: 'link practitioner', about: 'contact', school: 'Chalkdown Primary School (demo)' },
  ]);
});

test('what makes sense alone is not what was asked before', () => {
  expect(last('commissioner', 'findings in Dover', 'who is missing')).toEqual([
    { name: 'who is missing' },
  ]);
  expect(last('senco', 'next virtual clinic', 'when is the next clinic')).toEqual([
    { name: 'next clinic' },
  ]);
  expect(last('senco', 'and the one after?')).toEqual([{ name: 'not understood' }]);
});
