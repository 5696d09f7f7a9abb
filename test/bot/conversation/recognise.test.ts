import { describe, expect, test } from 'vitest';
import type { Command } from '../../../bot/conversation/command.ts';
import { isWriting } from '../../../bot/conversation/families.ts';
import { offerTo } from '../../../bot/conversation/offers.ts';
import { recognise } from '../../../bot/conversation/recognise.ts';
import { utterancesOf } from '../../eval/utterances.ts';
import { ASKERS, type Asker } from './askers.ts';

/** What somebody means who says this, after having asked for something else. */
const meant = (by: Asker, text: string, before: readonly Command[] = []): Command[] =>
  recognise(text, { ...ASKERS[by], before });
const show = (district: string): Command => ({ name: 'show district', district });
const chase = (district: string): Command => ({ name: 'chase district', district });

describe('what a commissioner types', () => {
  test.each<[string, Command]>([
    ['Who’s late', { name: 'who is missing' }],
    ['which districts are outstanding', { name: 'who is missing' }],
    ["who hasn't returned yet?", { name: 'who is missing' }],
    ['Who has not sent it in', { name: 'who is missing' }],
    ['what is overdue', { name: 'who is missing' }],
    ['which returns are not in', { name: 'who is missing' }],
    ['SHOW   DOVER!!', show('Dover')],
    ['how is Swale doing?', show('Swale')],
    ['tell me about Folkstone & Hythe', show('Folkestone and Hythe')],
    ['status of Tonbridge & Malling', show('Tonbridge and Malling')],
    ['Hi, how is Dover?', show('Dover')],
    ['Good morning. Can you show me Tunbridge Wells please', show('Tunbridge Wells')],
    ['show me', { name: 'which district', of: 'show district' }],
    ['show Medway', { name: 'which district', of: 'show district' }],
    ['please nudge thanet', chase('Thanet')],
    ['can you remind Folkestone and Hythe', chase('Folkestone and Hythe')],
    ['Hello, chase Swale', chase('Swale')],
    ['chase everybody', { name: 'which district', of: 'chase district' }],
  ])('“%s”', (text, command) => expect(meant('commissioner', text)).toEqual([command]));
});

describe('several things in one message', () => {
  test.each<[Asker, string, readonly Command[]]>([
    [
      'senco',
      'Hi! Who is our link practitioner, and when is the next virtual clinic? Thanks',
      [{ name: 'link practitioner' }, { name: 'next clinic', mode: 'virtual' }],
    ],
    [
      'senco',
      'book me on 2 December and add it to my calendar',
      [
        { name: 'book clinic', on: '2026-12-02' },
        { name: 'add to calendar', on: '2026-12-02' },
      ],
    ],
    ['commissioner', 'chase Dover, Swale and Thanet', ['Dover', 'Swale', 'Thanet'].map(chase)],
    [
      'commissioner',
      'who is missing? who is late again? what changed since Monday? show Dover',
      [
        { name: 'who is missing' },
        { name: 'late again' },
        { name: 'what changed', since: '2026-11-23' },
      ],
    ],
    ['commissioner', 'who is missing and who is missing', [{ name: 'who is missing' }]],
  ])('%s: “%s”', (by, text, commands) => expect(meant(by, text)).toEqual(commands));

  test.each<[string, Command]>([
    [
      'how do Dover and Swale compare',
      { name: 'compare districts', districts: ['Dover', 'Swale'] },
    ],
    ['Folkestone and Hythe', show('Folkestone and Hythe')],
    ['rent and premises over time', { name: 'measure over time', measure: 'rentAndPremises' }],
    ['who promised and did not file', { name: 'overdue promises' }],
  ])('an “and” inside “%s” begins nothing new', (text, command) =>
    expect(meant('commissioner', text)).toEqual([command]),
  );
});

describe('when in doubt', () => {
  test('the likeliest meanings are offered', () => {
    expect(meant('senco', 'booking')).toEqual([
      {
        name: 'offer',
        of: [{ name: 'book clinic' }, { name: 'cancel booking' }, { name: 'my bookings' }],
      },
    ]);
  });

  test('who asks decides between meanings of the same words', () => {
    expect(meant('lead', 'what’s outstanding')).toEqual([{ name: 'what is due' }]);
    expect(meant('commissioner', 'what’s outstanding')).toEqual([{ name: 'who is missing' }]);
    expect(meant('practitioner', 'when is my next clinic')).toEqual([{ name: 'my clinics' }]);
    expect(meant('senco', 'when is my next clinic')).toEqual([{ name: 'next clinic' }]);
  });

  test('somebody who leads and commissions is offered both', () => {
    const both = { ...ASKERS.lead, roles: ['District lead', 'Commissioner'] as const };
    expect(recognise('what’s outstanding', both)).toEqual([
      { name: 'offer', of: [{ name: 'what is due' }, { name: 'who is missing' }] },
    ]);
  });

  test.each(['do not chase', 'never book anything', 'please don’t cancel my booking'])(
    '“%s” changes nothing',
    (text) => expect(meant('senco', text)).toEqual([{ name: 'not understood' }]),
  );

  test('a district that is not to be chased is shown', () => {
    expect(meant('commissioner', 'don’t chase Dover')).toEqual([show('Dover')]);
    expect(meant('commissioner', 'pause Dover until Friday')).toEqual([show('Dover')]);
  });

  test.each(['the weather', 'clinical', 'profile', 'Scunthorpe', 'tell me about Jamie in year 4'])(
    '“%s” is not understood, and nothing is guessed',
    (text) => expect(meant('commissioner', text)).toEqual([{ name: 'not understood' }]),
  );
});

describe('who asks about something does not ask for it', () => {
  test.each<[Asker, string]>([
    ['commissioner', 'have you chased Swale?'],
    ['commissioner', 'should I chase Thanet?'],
    ['commissioner', 'did the Thanet reminder go out?'],
    ['commissioner', 'did you chase Swale?'],
    ['commissioner', 'should we chase Swale?'],
    ['commissioner', 'should we chase Swale and remind Dover?'],
    ['commissioner', 'I wonder whether to chase Swale'],
    ['senco', 'what happens if I cancel my booking on 9 December'],
    ['senco', 'how do I book a place on 9 December?'],
    ['senco', 'do I need to book?'],
    ['senco', 'where do I book?'],
    ['senco', 'can you tell me how to cancel my booking?'],
    ['senco', 'I want to know how to book 9 December'],
    ['senco', 'not sure whether to book 9 December'],
    ['senco', 'I might cancel my booking'],
    ['senco', 'can I cancel my booking if I book 9 December?'],
    ['senco', 'would it be bad to cancel my booking?'],
    ['commissioner', 'can the bot chase Swale?'],
    ['commissioner', 'I chased Swale yesterday'],
    ['senco', 'when do I have to cancel'],
    ['senco', 'should I book the 9th and cancel the 16th?'],
    ['commissioner', 'Dover says they have filed, why are you still chasing them?'],
    ['senco', 'how do I book?'],
    ['senco', 'I haven’t booked yet'],
    ['senco', 'what happens if I can’t come?'],
    ['senco', 'I didn’t mean to cancel'],
    ['practitioner', 'who is away next week?'],
    ['practitioner', 'I was off last week'],
    ['practitioner', 'when am I back?'],
    ['practitioner', 'call me back'],
  ])('%s: “%s” changes nothing', (by, text) => {
    expect(meant(by, text).filter(isWriting)).toEqual([]);
  });
});

test('whatever would change something changes nothing where it is asked whether to, or how', () => {
  const said = utterancesOf('utterances.tsv').filter(
    ({ text, intents: [name] }) => isWriting({ name } as Command) && !/please|[,.]/.test(text),
  );
  for (const { by, text } of said)
    for (const asked of ['should I', 'how do I', 'what happens if I', 'did you', 'tell me how to'])
      expect({ text, changes: meant(by, `${asked} ${text}`).filter(isWriting) }).toEqual({
        text,
        changes: [],
      });
});

describe('who asks politely asks for it all the same', () => {
  test.each<[Asker, string, Command]>([
    ['senco', 'can I book 9 December?', { name: 'book clinic', on: '2026-12-09' }],
    ['senco', 'is it possible to book 9 December?', { name: 'book clinic', on: '2026-12-09' }],
    ['senco', 'please cancel my booking', { name: 'cancel booking' }],
    ['commissioner', 'would you chase Swale?', chase('Swale')],
    ['commissioner', 'will you chase Swale?', chase('Swale')],
    ['commissioner', 'do you mind chasing Swale?', chase('Swale')],
  ])('%s: “%s”', (by, text, command) => expect(meant(by, text)).toEqual([command]));
});

describe('a place is the asker’s own', () => {
  test.each<[string, object]>([
    ['book two places', {}],
    ['book me and my TA', {}],
    ['book 16 December for Wren', { on: '2026-12-16' }],
    ['book Wren in on 2 December', { on: '2026-12-02' }],
    ['book a place for my colleague', {}],
  ])('“%s”: the clinic is offered before a place', (text, wish) =>
    expect(meant('senco', text)).toEqual([
      {
        name: 'offer',
        of: [
          { name: 'next clinic', ...wish },
          { name: 'book clinic', ...wish },
        ],
      },
    ]),
  );

  test.each(['cancel my TA’s place', 'cancel both bookings', 'cancel everything'])(
    '“%s” gives none back',
    (text) => expect(meant('senco', text).filter(isWriting)).toEqual([]),
  );

  test.each(['book a place for me', 'book us a place', 'book me in for weds'])(
    '“%s” books it',
    (text) => expect(meant('senco', text)).toMatchObject([{ name: 'book clinic' }]),
  );
});

describe('what is offered is for whom it is offered to', () => {
  test.each<[Asker, string]>([
    ['senco', 'missing'],
    ['senco', 'I am back'],
    ['lead', 'away'],
    ['lead', 'booking'],
    ['commissioner', 'booking'],
    ['practitioner', 'returns'],
  ])('%s: “%s” offers nothing that is refused', (by, text) =>
    expect(meant(by, text)).toEqual([{ name: 'not understood' }]),
  );

  test('no sentence is explained', () => {
    const offered = ASKERS.senco.names.glossary.slice(0, 1).map(({ name }) => name);
    const of = [...offered, 'is there a waiting list'].map((one): Command => ({
      name: 'definition',
      of: one,
    }));
    expect(offerTo(ASKERS.senco, of)).toEqual(of[0]);
  });

  test('one thing that is left is taken where it only reads', () => {
    const bookings: Command = { name: 'my bookings' };
    const book: Command = { name: 'book clinic' };
    expect(offerTo(ASKERS.senco, [{ name: 'back' }, bookings])).toEqual(bookings);
    expect(offerTo(ASKERS.senco, [{ name: 'back' }, book])).toEqual({
      name: 'offer',
      of: [book, { name: 'help' }],
    });
  });
});

describe('more of what is asked', () => {
  test.each<[Asker, string, Command]>([
    ['senco', 'where is it held?', { name: 'next clinic' }],
    ['senco', 'whats the phone no of nell', { name: 'link practitioner', about: 'contact' }],
    ['commissioner', 'show Narnia', { name: 'which district', of: 'show district' }],
    [
      'practitioner',
      'extend my leave to Friday',
      { name: 'away', from: '2026-11-23', until: '2026-11-27' },
    ],
  ])('%s: “%s”', (by, text, command) => expect(meant(by, text)).toEqual([command]));

  test.each([
    ['feeling better, back today', { name: 'back' }],
    ['ill last week but back today', { name: 'back' }],
    ['not back today', { name: 'away', from: '2026-11-23', until: '2026-11-23' }],
    ['off sick, back on Friday', { name: 'away', from: '2026-11-23', until: '2026-11-26' }],
  ])(
    'whoever is back today is away no longer, on another day until then: “%s”',
    (text, command) => {
      expect(recognise(text, ASKERS.practitioner)).toEqual([command]);
    },
  );

  test('leave that is extended begins when it began', () => {
    const away: Command = { name: 'away', from: '2026-11-30', until: '2026-12-04' };
    expect(meant('practitioner', 'extend my leave to 11 December', [away])).toEqual([
      { ...away, until: '2026-12-11' },
    ]);
  });
});

describe('days', () => {
  test.each<[string, object]>([
    ['after 1 December', { after: '2026-12-01' }],
    ['from 1 December', { after: '2026-11-30' }],
    ['before 5 Dec', { until: '2026-12-04' }],
    ['between 1 and 4 December', { after: '2026-11-30', until: '2026-12-04' }],
    ['in January', { after: '2026-12-31', until: '2027-01-31' }],
    ['on the 2nd', { on: '2026-12-02' }],
    ['on 5/1', { on: '2027-01-05' }],
    ['the week after next', { after: '2026-12-06', until: '2026-12-13' }],
    ['next month', { after: '2026-11-30', until: '2026-12-31' }],
    ['on 2026-12-09', { on: '2026-12-09' }],
  ])('a clinic %s', (when, days) => {
    expect(meant('senco', `clinic ${when}`)).toEqual([{ name: 'next clinic', ...days }]);
  });

  test('each of several days belongs to its own question', () => {
    expect(meant('senco', 'cancel my booking on the 2nd and book the 9th')).toEqual([
      { name: 'cancel booking', on: '2026-12-02' },
      { name: 'book clinic', on: '2026-12-09' },
    ]);
  });

  test.each<[Asker, string, Command]>([
    [
      'senco',
      'cancel my booking on 9 december, sorry i mean 16 december',
      { name: 'cancel booking', on: '2026-12-16' },
    ],
    ['senco', 'book 9 December. Oops, the 16th', { name: 'book clinic', on: '2026-12-16' }],
    ['senco', 'book the 9th, no, the 16th', { name: 'book clinic', on: '2026-12-16' }],
    [
      'practitioner',
      'I am away until 9 december, I meant 16 december',
      { name: 'away', from: '2026-11-23', until: '2026-12-16' },
    ],
    [
      'practitioner',
      'away 1 to 4 december, sorry, 8 to 11 december',
      { name: 'away', from: '2026-12-08', until: '2026-12-11' },
    ],
    ['commissioner', 'chase Swale, sorry I mean Dover', chase('Dover')],
    ['commissioner', 'chase Dover, not Swale', chase('Dover')],
    [
      'commissioner',
      'chase everyone except Dover',
      { name: 'which district', of: 'chase district' },
    ],
    ['senco', 'cancel the 9th, not the 16th', { name: 'cancel booking', on: '2026-12-09' }],
  ])('of two of which one is taken back the other is meant: %s: “%s”', (by, text, command) =>
    expect(meant(by, text)).toEqual([command]),
  );

  test.each([
    'cancel 9 december, sorry I was thinking of the one on 16 december',
    'cancel my booking on the 9th... no, don’t',
    'book 9 December. Never mind',
  ])('where it is not clear what is taken back nothing is changed: “%s”', (text) =>
    expect(meant('senco', text).filter(isWriting)).toEqual([]),
  );

  test('since a day is since the last such day', () => {
    expect(meant('commissioner', 'what changed since Thursday')).toEqual([
      { name: 'what changed', since: '2026-11-19' },
    ]);
    expect(meant('commissioner', 'what changed since 1 December')).toEqual([
      { name: 'what changed', since: '2025-12-01' },
    ]);
  });
});
