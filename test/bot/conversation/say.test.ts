import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../../bot/conversation/command.ts';
import { recognise } from '../../../bot/conversation/recognise.ts';
import { sayFor, titleFor } from '../../../bot/conversation/say.ts';
import { ASKERS, demoNames, type Asker } from './askers.ts';

const oneOf = <T>(all: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...all);
const district = oneOf(demoNames.districts.map(({ name }) => name));
const school = oneOf(demoNames.schools.map(({ name }) => name));
const cover = oneOf(demoNames.practitioners.map(({ name }) => name));
const measure = oneOf(demoNames.measures.map(({ id }) => id));
const word = oneOf(demoNames.glossary.map(({ name }) => name));
/** Days to come, at most two years off. */
const day = fc
  .integer({ min: 1, max: 700 })
  .map((days) => new Date(Date.UTC(2026, 10, 23 + days)).toISOString().slice(0, 10));
const pastDay = fc
  .integer({ min: 0, max: 60 })
  .map((days) => new Date(Date.UTC(2026, 10, 23 - days)).toISOString().slice(0, 10));

/** A record in which each of these may be lacking. */
const some = (parts: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record(parts, { requiredKeys: [] });
const named = <T extends object>(name: string, slots: fc.Arbitrary<T>): fc.Arbitrary<Command> =>
  slots.map((own) => ({ name, ...own }) as unknown as Command);
const bare = (name: string): fc.Arbitrary<Command> => fc.constant({ name } as Command);

const wishes = {
  phase: oneOf(['Early years', 'Primary', 'Secondary']),
  district,
  mode: oneOf(['virtual', 'in person']),
  nth: fc.integer({ min: 2, max: 9 }),
};
const days = fc.oneof(
  fc.constant({}),
  day.map((after) => ({ after })),
  day.map((until) => ({ until })),
  day.map((on) => ({ on })),
  fc
    .tuple(day, day)
    .filter(([one, other]) => one < other)
    .map(([after, until]) => ({ after, until })),
);
const wish = fc.tuple(some(wishes), days).map(([one, other]) => ({ ...one, ...other }));
const wishWithFree = fc
  .tuple(wish, some({ free: fc.constant(true) }))
  .map(([one, other]) => ({ ...one, ...other }));

/** What each of them may ask for. */
const ASKED: Record<Asker, readonly fc.Arbitrary<Command>[]> = {
  stranger: [bare('introduce'), named('introduce', some({ school })), bare('thanks')],
  senco: [
    ...['help', 'greeting', 'thanks', 'my bookings'].map(bare),
    named('definition', fc.record({ of: word })),
    named('link practitioner', some({ about: oneOf(['contact', 'cover']), school })),
    named('link practitioner', fc.constant({ unknownSchool: 'St Nowhere’s Primary' })),
    named('next clinic', wishWithFree),
    named('all clinics', wishWithFree),
    ...['book clinic', 'cancel booking', 'add to calendar'].map((name) => named(name, wish)),
  ],
  lead: [
    ...['what is due', 'my open queries'].map(bare),
    named('my last return', some({ form: oneOf(['KPI', 'LAR']), measure })),
    named('show district', fc.record({ district })),
    named('measure over time', some({ measure, district })),
  ],
  commissioner: [
    ...[
      'who is missing',
      'late again',
      'overdue promises',
      'what can be approved',
      'who wants in',
    ].map(bare),
    named('show district', fc.record({ district })),
    named('chase district', fc.record({ district })),
    named('which second district', fc.record({ district })),
    named('which district', fc.record({ of: oneOf(['show district', 'chase district']) })),
    fc
      .tuple(district, district, some({ measure }))
      .filter(([one, other]) => one !== other)
      .map(([one, other, on]) => ({ name: 'compare districts', districts: [one, other], ...on })),
    named('measure over time', some({ measure, district })),
    named('what changed', some({ since: pastDay })),
    named('show findings', some({ district })),
    named('try rule', fc.record({ text: oneOf(['', 'eyCaseload > 0', 'a <b> **c**']) })),
  ],
  practitioner: [
    ...['my schools', 'back'].map(bare),
    named('my clinics', some({ on: day })),
    named('away', some({ cover })),
    fc
      .tuple(day, day, some({ cover }))
      .filter(([one, other]) => one <= other)
      .map(([from, until, who]) => ({ name: 'away', from, until, ...who })),
  ],
};

describe('words for a command', () => {
  const before = fc.oneof(
    fc.constant<Command[]>([]),
    fc.oneof(...Object.values(ASKED).flat()).map((command) => [command]),
  );

  test.each(Object.keys(ASKED) as Asker[])(
    'said by a %s, whatever was said before, are recognised as that command alone',
    (by) => {
      fc.assert(
        fc.property(fc.oneof(...ASKED[by]), before, (command, earlier) => {
          const said = sayFor(command) ?? '';
          const got = recognise(said, { ...ASKERS[by], before: earlier });
          expect({ said, got }).toEqual({ said, got: [command] });
          expect(titleFor(command)).toMatch(/^[A-Z].*\S$/);
        }),
        { numRuns: 200 },
      );
    },
  );

  test('a title is short, and says days as people do', () => {
    const wanted: Command = { name: 'next clinic', mode: 'virtual', after: '2026-12-01' };
    expect(titleFor(wanted)).toBe('Next virtual clinic after Tue 1 Dec');
    expect(sayFor(wanted)).toBe('Next virtual clinic after 1 December 2026');
  });

  test.each<Command>([
    { name: 'rude' },
    { name: 'empty' },
    { name: 'other language' },
    { name: 'not understood' },
    { name: 'offer', of: [] },
  ])('nobody asks for “$name”', (command) => {
    expect(sayFor(command)).toBeUndefined();
    expect(titleFor(command)).toBeUndefined();
  });
});
