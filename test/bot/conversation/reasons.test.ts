import { describe, expect, test } from 'vitest';
import type { Command } from '../../../bot/conversation/command.ts';
import { recognise } from '../../../bot/conversation/recognise.ts';
import { ASKERS, type Asker } from './askers.ts';

describe('a reason that is given is no request', () => {
  test.each<[Asker, string, Command]>([
    [
      'senco',
      'I’m out next week, so is there anything after 4 December?',
      { name: 'next clinic', after: '2026-12-04' },
    ],
    ['senco', 'I can’t do Wednesday, when is the next clinic after that?', { name: 'next clinic' }],
    [
      'senco',
      'I’m worried about a boy in year 3, when is the next clinic?',
      { name: 'next clinic' },
    ],
    [
      'senco',
      'Is there a face to face clinic? I find the online ones hard',
      { name: 'next clinic', mode: 'in person' },
    ],
    [
      'senco',
      'I want to bring a case to the virtual clinic, can you sign me up',
      { name: 'book clinic', mode: 'virtual' },
    ],
    ['commissioner', 'I have been on leave, catch me up', { name: 'what changed' }],
    [
      'commissioner',
      'please chase Dover, they promised it last week',
      { name: 'chase district', district: 'Dover' },
    ],
  ])('%s: “%s”', (by, text, command) => expect(recognise(text, ASKERS[by])).toEqual([command]));

  test('nor is one that is named in it lost where it is asked about', () => {
    const asked = 'A child is coming to us from Chalkdown, who is the specialist teacher there?';
    expect(recognise(asked, ASKERS.senco)).toEqual([
      { name: 'link practitioner', school: 'Chalkdown Primary School (demo)' },
    ]);
  });

  test('somebody who is no practitioner is never away', () => {
    for (const by of ['senco', 'lead', 'commissioner'] as const) {
      const names = recognise('I am away next week', ASKERS[by]).map(({ name }) => name);
      expect(names).not.toContain('away');
    }
  });

  test.each<[Asker, string, Command]>([
    ['senco', 'remind me which clinics we signed up for', { name: 'my bookings' }],
    ['practitioner', 'could you remind me which schools are mine', { name: 'my schools' }],
    ['commissioner', 'remind Dover', { name: 'chase district', district: 'Dover' }],
    ['lead', 'remind me later', { name: 'what is due' }],
  ])('who is to be reminded of what decides: %s: “%s”', (by, text, command) =>
    expect(recognise(text, ASKERS[by])).toEqual([command]),
  );
});

describe('no day that is said is dropped', () => {
  const offered = (text: string): unknown =>
    recognise(text, ASKERS.senco).map((one) =>
      one.name === 'offer' ? one.of.map(({ name }) => name) : one.name,
    );

  test.each<[string, object]>([
    ['on weds', { on: '2026-11-25' }],
    ['on 2.12', { on: '2026-12-02' }],
    ['w/c 7 December', { after: '2026-12-06', until: '2026-12-13' }],
    ['in the week of the 7th', { after: '2026-12-06', until: '2026-12-13' }],
    ['before Easter', { until: '2027-03-27' }],
    ['before the end of the month', { until: '2026-11-30' }],
    ['between now and Christmas', { until: '2026-12-25' }],
    ['tomorrow afternoon', { on: '2026-11-24' }],
  ])('a clinic %s', (when, days) =>
    expect(recognise(`is there a clinic ${when}`, ASKERS.senco)).toEqual([
      { name: 'next clinic', ...days },
    ]),
  );

  test.each(['before half term', 'next term', 'at the weekend', 'in the mornings', 'on the 32nd'])(
    'a clinic %s: nobody here can tell, and all are offered',
    (when) =>
      expect(offered(`is there a clinic ${when}`)).toEqual([['all clinics', 'next clinic']]),
  );

  test('a comma between two days joins them to no other day', () => {
    expect(recognise('book me in on 2 December, 9 December', ASKERS.senco)).toEqual([
      {
        name: 'offer',
        of: ['2026-12-02', '2026-12-09'].map((on) => ({ name: 'book clinic', on })),
      },
    ]);
  });

  test('of two days one is chosen', () => {
    expect(recognise('book me in on the 2nd or the 9th', ASKERS.senco)).toEqual([
      {
        name: 'offer',
        of: ['2026-12-02', '2026-12-09'].map((on) => ({ name: 'book clinic', on })),
      },
    ]);
  });

  test.each<[string, object]>([
    ['not in thurs and fri', { from: '2026-11-26', until: '2026-11-27' }],
    ['away 7 and 8 December', { from: '2026-12-07', until: '2026-12-08' }],
    ['away 30 Nov - 4 Dec', { from: '2026-11-30', until: '2026-12-04' }],
    [
      'I am away from 30 November to 4 December, Fern covers',
      { from: '2026-11-30', until: '2026-12-04', cover: 'Fern Delacourt (demo)' },
    ],
    ['away until the end of Friday', { from: '2026-11-23', until: '2026-11-27' }],
    ['away Friday afternoon', {}],
    ['away on the 2nd, the 9th and the 16th', {}],
    ['away until half term', {}],
  ])('“%s”: what no days are made of is left to the form', (text, days) =>
    expect(recognise(text, ASKERS.practitioner)).toEqual([{ name: 'away', ...days }]),
  );
});
