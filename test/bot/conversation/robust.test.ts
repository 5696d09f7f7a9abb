import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { command as schema } from '../../../bot/conversation/command-schema.ts';
import type { Command } from '../../../bot/conversation/command.ts';
import { recognise } from '../../../bot/conversation/recognise.ts';
import { utterancesOf } from '../../eval/utterances.ts';
import { ASKERS, demoNames, type Asker } from './askers.ts';

const by = fc.constantFrom(...(Object.keys(ASKERS) as Asker[]));
const pieces = fc.constantFrom(
  ...'chase show compare Dover Swale who is missing late again hi & ? , and then not cancel book the next one after before until since on 2 december 1/12 friday tomorrow week what about does mean caseload over time Nell covers away back Elmsbrook CPS number 3 with places virtual for at @districta <b> </b> [x](y) 99/99 31/31 0th'.split(
    ' ',
  ),
);
const typed = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 600 }),
  fc.string({ unit: 'grapheme', maxLength: 100 }),
  fc.array(pieces, { maxLength: 14 }).map((words) => words.join(' ')),
);
const all = utterancesOf('utterances.tsv');
/** Everything that a message asked for, and was offered. */
const every = (commands: readonly Command[]): Command[] =>
  commands.flatMap((one) => (one.name === 'offer' ? [one, ...one.of] : [one]));

describe('whatever is typed', () => {
  test('gives one to three commands, the same each time, with names of the lists', () => {
    const districts = demoNames.districts.map(({ name }) => name);
    const schools = demoNames.schools.map(({ name }) => name);
    const covers = demoNames.practitioners.map(({ name }) => name);
    fc.assert(
      fc.property(by, typed, typed, (who, earlier, text) => {
        const asking = { ...ASKERS[who], before: recognise(earlier, ASKERS[who]) };
        const commands = recognise(text, asking);
        expect(recognise(text, asking)).toEqual(commands);
        expect(commands.length).toBeGreaterThanOrEqual(1);
        expect(commands.length).toBeLessThanOrEqual(3);
        for (const command of every(commands)) {
          if ('district' in command) expect(districts).toContain(command.district);
          if ('districts' in command)
            expect(districts).toEqual(expect.arrayContaining([...command.districts]));
          if ('school' in command) expect(schools).toContain(command.school);
          if ('cover' in command) expect(covers).toContain(command.cover);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('is spoken of as the lists have it where a name is taken for a word', () => {
    const [meant] = recognise('what does EPS mean', ASKERS.senco);
    expect(meant).toEqual({ name: 'definition', of: 'Elmsbrook Primary School (demo)' });
    const [day] = recognise('what does 2 december mean', ASKERS.senco);
    expect(JSON.stringify(day)).not.toContain('@');
  });

  test('gives commands whose every slot has its shape, and offers of two or three of them', () => {
    fc.assert(
      fc.property(by, typed, (who, text) => {
        for (const command of recognise(text, ASKERS[who])) {
          const read = schema.safeParse(command);
          if (command.name === 'offer') expect([2, 3]).toContain(command.of.length);
          expect(read.success, `${JSON.stringify(command)} ${read.error?.message}`).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('what stands far into a very long message is not read', () => {
    const asking = ASKERS.commissioner;
    fc.assert(
      fc.property(typed, (tail) => {
        const long = 'chase Dover '.padEnd(500, 'la ');
        expect(recognise(`${long}${tail}`, asking)).toEqual(recognise(long, asking));
      }),
      { numRuns: 100 },
    );
    expect(recognise(`${'la '.repeat(300)}chase Dover`, asking)).toEqual([
      { name: 'not understood' },
    ]);
    expect(recognise('who is missing '.repeat(700), asking)).toEqual([{ name: 'who is missing' }]);
  });

  test('a rule to be tried is handed on whole, however long it is', () => {
    const text = `schoolCaseload >= ${'1 + '.repeat(200)}activelySupportedSchools within 3`;
    expect(recognise(`try rule ${text}`, ASKERS.commissioner)).toEqual([
      { name: 'try rule', text },
    ]);
  });
});

describe('what is around words', () => {
  const plain = all.filter(
    ({ text, intents }) => /^[\w ',]+$/.test(text) && intents[0] !== 'try rule',
  );

  test.each<[string, (text: string) => string]>([
    ['tags', (text) => `<p><b>${text}</b></p>`],
    ['stars', (text) => `**${text}**`],
    ['a quotation', (text) => `> ${text}`],
    ['a heading', (text) => `# _${text}_`],
    ['the bot’s name', (text) => `<at>STLS Returns</at> ${text}`],
    ['a link', (text) => `[${text}](https://evil.example/chase%20Dover)`],
    ['invisible marks', (text) => `\u200f${text.replaceAll(' ', ' \u200b')}\u202e\ufeff`],
    ['white space', (text) => `\n\t ${text.replaceAll(' ', '\u00a0  ')} \r\n`],
    ['full width letters', (text) => text.replaceAll('i', 'ｉ').replaceAll('e', 'ｅ')],
  ])('does not change what they mean: %s', (_, around) => {
    fc.assert(
      fc.property(fc.constantFrom(...plain), ({ by: who, text }) => {
        expect(recognise(around(text), ASKERS[who])).toEqual(recognise(text, ASKERS[who]));
      }),
      { numRuns: 60 },
    );
  });

  test('politeness around a question is no question', () => {
    const asked = all.filter(
      ({ intents, by: who }) => intents[0] === 'who is missing' && who === 'commissioner',
    );
    for (const { text } of asked) {
      const [wanted, got] = [text, `Hello! ${text} Thanks`].map((one) =>
        recognise(one, ASKERS.commissioner),
      );
      expect({ text, got }).toEqual({ text, got: wanted });
    }
  });

  test('one slip of the pen in a long word is put right', () => {
    const wanted = [{ name: 'link practitioner' }];
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 11 }), fc.constantFrom('', 'x', 'e'), (at, letter) => {
        const word = 'practitioner';
        const slip = word.slice(0, at) + letter + word.slice(at + 1);
        const got = recognise(`who is our link ${slip}`, ASKERS.senco);
        expect({ slip, got }).toEqual({ slip, got: wanted });
      }),
    );
  });
});
